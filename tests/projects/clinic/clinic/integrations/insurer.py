from decimal import Decimal

import httpx
from django.conf import settings

from clinic.errors import InsurerUnavailable
from clinic.integrations.faults import CoverageDenied


class InsurerClient:
    def __init__(self) -> None:
        self.client = httpx.Client(base_url=settings.INSURER_URL)

    def settle(self, invoice_number: str, amount: Decimal) -> str:
        try:
            response = self.client.post("/claims", json={"invoice": invoice_number, "amount": str(amount)})
            response.raise_for_status()
        except httpx.HTTPError as error:
            raise InsurerUnavailable("The insurer can not be reached.") from error
        return response.json()["claim"]

    def coverage(self, insurance_number: str) -> Decimal:
        response = self.client.get(f"/members/{insurance_number}")
        if response.status_code == 403:
            raise CoverageDenied(f"member {insurance_number} is not covered")
        response.raise_for_status()
        return Decimal(response.json()["share"])

    def withdraw(self, claim: str) -> None:
        try:
            response = self.client.delete(f"/claims/{claim}")
            response.raise_for_status()
        except httpx.HTTPStatusError:
            raise InsurerUnavailable("The claim was not withdrawn.")


def tariffs() -> dict[str, str]:
    with httpx.Client(base_url=settings.INSURER_URL, timeout=None) as client:
        return client.get("/tariffs").raise_for_status().json()
