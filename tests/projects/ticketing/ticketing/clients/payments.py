import logging

import requests
from flask import current_app

from ticketing.clients.exceptions import RefundRejected
from ticketing.errors import PaymentDeclined, PaymentUnavailable
from ticketing.tracing import outbound_headers

logger = logging.getLogger(__name__)


class PaymentGateway:
    def __init__(self) -> None:
        self.session = requests.Session()

    @property
    def base_url(self) -> str:
        return current_app.config["PAYMENTS_URL"]

    def charge(self, amount_cents: int, card_token: str) -> str:
        body = {"amount": amount_cents, "source": card_token}
        try:
            response = self.session.post(
                f"{self.base_url}/charges", json=body, headers=outbound_headers(), timeout=(3, 15)
            )
            response.raise_for_status()
        except requests.HTTPError as error:
            if error.response.status_code == 402:
                raise PaymentDeclined("The card was declined.") from error
            raise PaymentUnavailable("The payment provider answered with an error.") from error
        except requests.RequestException as error:
            raise PaymentUnavailable("The payment provider can not be reached.") from error
        return response.json()["id"]

    def refund(self, charge_id: str, amount_cents: int) -> str:
        body = {"charge": charge_id, "amount": amount_cents}
        try:
            response = self.session.post(f"{self.base_url}/refunds", json=body, headers=outbound_headers())
        except requests.ConnectionError:
            raise PaymentUnavailable("The payment provider can not be reached.")
        if response.status_code == 409:
            raise RefundRejected(f"charge {charge_id} was refunded before")
        return response.json()["id"]

    def fee_schedule(self) -> dict[str, int]:
        response = self.session.get(f"{self.base_url}/fees", headers=outbound_headers(), timeout=5)
        return response.json()["fees"]

    def is_reachable(self) -> bool:
        try:
            answer = self.session.get(f"{self.base_url}/ping", headers=outbound_headers(), timeout=2)
        except requests.RequestException:
            logger.warning("payment provider does not answer", exc_info=True)
            return False
        return answer.ok


gateway = PaymentGateway()
