from fastapi import FastAPI, HTTPException

from warehouse.api.deps import StockDep
from warehouse.errors import UnknownItem

partners = FastAPI(title="Partners")


@partners.get("/v2/items/{item_id}")
async def partner_item(item_id: int, service: StockDep) -> dict[str, str]:
    item = await service.require(item_id)
    return {"sku": item.sku}


@partners.get("/v2/items/{item_id}/name")
async def partner_item_name(item_id: int, service: StockDep) -> dict[str, str]:
    try:
        item = await service.require(item_id)
    except UnknownItem as error:
        raise HTTPException(status_code=404) from error
    return {"name": item.name}


@partners.get("/terms")
async def terms() -> dict[str, str]:
    return {"terms": "net 30"}
