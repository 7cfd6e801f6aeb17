import httpx
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_exponential

from warehouse.clients.http import build_client
from warehouse.config import settings
from warehouse.errors import CarrierUnavailable, LabelRejected


class CarrierClient:
    def __init__(self) -> None:
        self.http = build_client(settings.carrier_url, timeout=8)

    @retry(
        retry=retry_if_exception_type(httpx.TransportError),
        stop=stop_after_attempt(3),
        wait=wait_exponential(multiplier=0.01, max=1),
        reraise=True,
    )
    async def _print(self, reference: str) -> httpx.Response:
        return await self.http.post("/labels", json={"reference": reference})

    async def book(self, reference: str) -> str:
        try:
            response = await self._print(reference)
        except httpx.TransportError as error:
            raise CarrierUnavailable("The carrier can not be reached.") from error
        if response.status_code == 422:
            raise LabelRejected(reference)
        if response.is_error:
            raise CarrierUnavailable("The carrier refuses the label.")
        return response.json()["tracking"]

    async def cancel(self, tracking_number: str) -> None:
        try:
            response = await self.http.delete(f"/labels/{tracking_number}")
            response.raise_for_status()
        except httpx.ConnectError:
            raise CarrierUnavailable("The carrier can not be reached.")
