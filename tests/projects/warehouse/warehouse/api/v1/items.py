import json
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import PlainTextResponse

from warehouse.api.deps import SessionDep, StockDep
from warehouse.limits import limiter
from warehouse.repositories.items import ItemRepository
from warehouse.schemas import ItemIn, ItemOut, Transfer
from warehouse.services import stock

router = APIRouter(prefix="/items", tags=["items"])


@router.get("", response_model=list[ItemOut])
async def list_items(
    session: SessionDep, limit: Annotated[int, Query(ge=1, le=100)] = 50, offset: Annotated[int, Query(ge=0)] = 0
):
    return await ItemRepository(session).page(limit, offset)


@router.get("/all", response_model=list[ItemOut])
@limiter.limit("5/minute")
async def all_items(request: Request, service: StockDep):
    return await service.items.everything()


@router.get("/table.csv")
async def items_table(service: StockDep) -> PlainTextResponse:
    return PlainTextResponse(stock.table(list(await service.items.everything())), media_type="text/csv")


@router.post("", status_code=201, response_model=ItemOut)
async def create_item(body: ItemIn, service: StockDep):
    return await service.create(body)


@router.put("", status_code=201, response_model=ItemOut)
@limiter.limit("20/minute")
async def create_item_once(request: Request, body: ItemIn, service: StockDep):
    return await service.create_once(body)


@router.post("/import", status_code=202)
async def import_items(request: Request, service: StockDep) -> dict[str, int]:
    rows = json.loads(await request.body())
    for row in rows:
        await service.create_once(ItemIn(sku=row["sku"], name=row["name"], supplier_id=1))
    return {"imported": len(rows)}


@router.get("/levels")
async def levels(service: StockDep) -> list[dict[str, object]]:
    return await service.levels(100)


@router.get("/levels/fast")
@limiter.limit("10/minute")
async def levels_at_once(request: Request, service: StockDep) -> list[dict[str, object]]:
    return await service.levels_at_once(100)


@router.get("/ranges")
async def ranges(service: StockDep) -> list[dict[str, object]]:
    return await service.ranges()


@router.get("/ranges/fast")
async def ranges_at_once(service: StockDep) -> list[dict[str, object]]:
    return await service.ranges_at_once()


@router.get("/shelves")
async def shelves(service: StockDep) -> list[dict[str, object]]:
    return await service.shelves()


@router.get("/inventory")
async def inventory(service: StockDep) -> list[dict[str, object]]:
    return await service.inventory()


@router.get("/pick")
async def pick(service: StockDep, item_id: Annotated[list[int], Query()]) -> list[str]:
    return await service.pick(item_id)


@router.post("/transfer")
async def transfer(body: Transfer, service: StockDep) -> dict[str, int]:
    return {"moved": await service.transfer(body)}


@router.put("/transfer")
async def transfer_at_once(body: Transfer, service: StockDep) -> dict[str, int]:
    return {"moved": await service.transfer_at_once(body)}


@router.get("/{item_id}", response_model=ItemOut)
async def item_detail(item_id: int, service: StockDep):
    return await service.require(item_id)


@router.post("/{item_id}/reorder")
async def reorder(item_id: int, request: Request, service: StockDep) -> dict[str, str]:
    quantity = int(request.query_params["quantity"])
    return {"order": await service.reorder(item_id, quantity)}


@router.post("/{item_id}/reserve")
async def reserve(item_id: int, request: Request, service: StockDep) -> dict[str, int]:
    quantity = stock.parse_quantity(request.query_params.get("quantity", ""))
    item = await service.items.find(item_id)
    if item is None:
        raise HTTPException(status_code=404)
    return {"reserved": quantity}


@router.post("/{item_id}/audit")
async def audit(item_id: int) -> dict[str, bool]:
    stock.audit_later(item_id)
    return {"queued": True}


@router.post("/{item_id}/audit/now")
async def audit_now(item_id: int) -> dict[str, bool]:
    await stock.audit_now(item_id)
    return {"done": True}


@router.post("/audits")
async def audit_many(item_ids: list[int]) -> dict[str, int]:
    return {"audited": await stock.audit_many(item_ids)}
