import logging
import time
from typing import Any

import requests
from django.conf import settings

logger = logging.getLogger(__name__)
ATTEMPTS = 3


def publish(entry: dict[str, Any]) -> bool:
    for attempt in range(ATTEMPTS):
        try:
            response = requests.put(f"{settings.CALENDAR_URL}/entries/{entry['id']}", json=entry, timeout=3)
            response.raise_for_status()
            return True
        except requests.RequestException:
            logger.warning("calendar refused entry %s", entry["id"], exc_info=True)
            time.sleep(0.01 * 2**attempt)
    return False
