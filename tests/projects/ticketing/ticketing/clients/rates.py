from decimal import Decimal

import requests
from flask import current_app
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_exponential

from ticketing.clients.transport import build_session

session = build_session()


@retry(
    retry=retry_if_exception_type(requests.RequestException),
    stop=stop_after_attempt(3),
    wait=wait_exponential(multiplier=0.01, max=1),
    reraise=True,
)
def exchange_rate(currency: str) -> Decimal:
    response = session.get(f"{current_app.config['RATES_URL']}/latest/{currency}")
    response.raise_for_status()
    return Decimal(str(response.json()["rate"]))
