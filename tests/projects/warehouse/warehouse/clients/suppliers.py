import logging
from typing import Any

import httpx

from warehouse.config import settings

logger = logging.getLogger(__name__)


async def order(sku: str, quantity: int) -> dict[str, Any]:
    async with httpx.AsyncClient(base_url=settings.supplier_url, timeout=None) as client:
        response = await client.post("/orders", json={"sku": sku, "quantity": quantity})
        response.raise_for_status()
        return response.json()


async def catalogue() -> list[dict[str, Any]]:
    async with httpx.AsyncClient(base_url=settings.supplier_url) as client:
        try:
            response = await client.get("/catalogue")
            response.raise_for_status()
        except httpx.HTTPError as error:
            logger.warning("catalogue is not available", exc_info=error)
            return []
        return response.json()["items"]
