import httpx
from asgi_correlation_id import correlation_id

HEADER = "X-Request-ID"


async def add_request_id(request: httpx.Request) -> None:
    value = correlation_id.get()
    if value:
        request.headers[HEADER] = value


def build_client(base_url: str, timeout: float = 5.0) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=base_url, timeout=timeout, event_hooks={"request": [add_request_id]})
