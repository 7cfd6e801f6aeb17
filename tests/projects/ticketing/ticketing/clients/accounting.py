from typing import Any

import requests as http
from flask import current_app


def push_invoice(invoice: dict[str, Any]) -> None:
    http.post(f"{current_app.config['ACCOUNTING_URL']}/invoices", json=invoice, timeout=None)


def open_periods() -> list[str]:
    with http.Session() as session:
        response = session.get(f"{current_app.config['ACCOUNTING_URL']}/periods")
        response.raise_for_status()
        return response.json()["periods"]
