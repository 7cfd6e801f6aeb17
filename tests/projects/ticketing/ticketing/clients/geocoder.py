from dataclasses import dataclass

import pybreaker
import requests
from flask import current_app

from ticketing.tracing import outbound_headers

breaker = pybreaker.CircuitBreaker(fail_max=3, reset_timeout=60)


@dataclass(frozen=True)
class Position:
    latitude: float
    longitude: float


@breaker
def _lookup(address: str) -> requests.Response:
    response = requests.get(
        f"{current_app.config['GEOCODER_URL']}/search", params={"q": address}, headers=outbound_headers(), timeout=4
    )
    response.raise_for_status()
    return response


def locate(address: str) -> Position | None:
    try:
        first = _lookup(address).json()["results"][0]
    except (requests.RequestException, pybreaker.CircuitBreakerError):
        return None
    except IndexError:
        return None
    return Position(first["lat"], first["lon"])
