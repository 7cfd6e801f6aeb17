from fastapi import Request
from slowapi import Limiter
from slowapi.util import get_remote_address


def tenant_or_address(request: Request) -> str:
    return request.headers.get("X-Tenant") or get_remote_address(request)


limiter = Limiter(key_func=tenant_or_address)
