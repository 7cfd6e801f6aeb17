import json
from typing import Any
from urllib.request import Request, urlopen

from django.conf import settings


def results(patient_id: int) -> list[dict[str, Any]]:
    with urlopen(f"{settings.LABS_URL}/patients/{patient_id}") as answer:
        return json.load(answer)["results"]


def archived_results(patient_id: int) -> list[dict[str, Any]]:
    request = Request(f"{settings.LABS_URL}/archive/{patient_id}", headers={"Accept": "application/json"})
    with urlopen(request, timeout=6) as answer:
        return json.load(answer)["results"]
