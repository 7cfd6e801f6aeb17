import httpx
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_exponential

from warehouse.clients.http import build_client
from warehouse.config import settings

client = build_client(settings.customs_url)


@retry(retry=retry_if_exception_type(ValueError), stop=stop_after_attempt(3), wait=wait_exponential(max=1))
async def declare(reference: str, value_cents: int) -> str:
    response = await client.post("/declarations", json={"reference": reference, "value": value_cents})
    response.raise_for_status()
    return response.json()["declaration"]


async def tariff(code: str) -> dict[str, object]:
    response = await client.get(f"/tariffs/{code}")
    return response.json()


async def status() -> str:
    try:
        response = await client.get("/status")
        response.raise_for_status()
    except httpx.HTTPError:
        return "unknown"
    return response.json()["status"]
