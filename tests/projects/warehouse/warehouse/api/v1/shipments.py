from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response

from warehouse.api.deps import ShippingDep, current_operator, current_tenant
from warehouse.clients import customs
from warehouse.limits import limiter
from warehouse.schemas import ShipmentIn, ShipmentOut
from warehouse.services import shipping

router = APIRouter(prefix="/shipments", tags=["shipments"])


@router.post("", status_code=201, response_model=ShipmentOut)
async def create_shipment(body: ShipmentIn, service: ShippingDep, tasks: BackgroundTasks):
    shipment = await service.create(body.reference, body.item_ids)
    tasks.add_task(shipping.notify, shipment.reference)
    return shipment


@router.get("/mine")
async def my_shipments(service: ShippingDep, tenant: Annotated[int, Depends(current_tenant)]) -> list[int]:
    return [shipment.id for shipment in await service.shipments.of_tenant(tenant)]


@router.get("/open")
async def open_shipments(service: ShippingDep, operator: Annotated[int, Depends(current_operator)]) -> list[int]:
    return [shipment.id for shipment in await service.shipments.open()]


@router.get("/contents")
async def contents(service: ShippingDep) -> list[dict[str, object]]:
    return await service.contents()


@router.get("/manifest")
@limiter.limit("10/minute")
async def manifest(request: Request, service: ShippingDep) -> list[dict[str, object]]:
    return await service.manifest()


@router.post("/{shipment_id}/dispatch", response_model=ShipmentOut)
@limiter.limit("15/minute")
async def dispatch(request: Request, shipment_id: int, service: ShippingDep):
    return await service.dispatch(shipment_id)


@router.post("/{shipment_id}/recall", status_code=204)
async def recall(shipment_id: int, service: ShippingDep) -> Response:
    await service.recall(shipment_id)
    return Response(status_code=204)


@router.post("/{shipment_id}/declare")
async def declare(shipment_id: int, service: ShippingDep) -> dict[str, str]:
    return {"declaration": await service.declare(shipment_id)}


@router.post("/{shipment_id}/declare/safely")
async def declare_safely(shipment_id: int, service: ShippingDep) -> dict[str, str]:
    return {"declaration": await service.declare_safely(shipment_id)}


@router.post("/{shipment_id}/check")
async def check(shipment_id: int, service: ShippingDep) -> dict[str, bool]:
    await shipping.check(await service.require(shipment_id))
    return {"fine": True}


@router.delete("/{shipment_id}", status_code=204)
async def cancel(shipment_id: int, service: ShippingDep) -> Response:
    await service.shipments.cancel(await service.require(shipment_id))
    return Response(status_code=204)


@router.delete("/purge/{reference}", status_code=204)
async def purge(reference: str, service: ShippingDep) -> Response:
    await service.shipments.purge(reference)
    return Response(status_code=204)


@router.delete("/accounts/{account_id}", status_code=204)
async def close_account(account_id: int, service: ShippingDep) -> Response:
    await service.close_account(account_id)
    return Response(status_code=204)


@router.delete("/accounts/{account_id}/sessions", status_code=204)
async def log_out(account_id: int, service: ShippingDep) -> Response:
    await service.shipments.log_out(account_id)
    return Response(status_code=204)


@router.get("/price/{sku}")
async def price(sku: str, service: ShippingDep) -> dict[str, object]:
    return await service.price(sku)


@router.get("/price/{sku}/maybe")
async def price_maybe(sku: str, service: ShippingDep) -> dict[str, object]:
    return {"price": await service.price_or_none(sku)}


@router.get("/tariffs/{code}")
async def tariff(code: str) -> dict[str, object]:
    return await customs.tariff(code)


@router.get("/customs/status")
async def customs_status() -> dict[str, str]:
    return {"customs": await customs.status()}
