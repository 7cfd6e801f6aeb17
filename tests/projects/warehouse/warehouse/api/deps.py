from typing import Annotated

from fastapi import Depends, Header, HTTPException
from sqlalchemy.ext.asyncio import AsyncSession

from warehouse.database import get_session
from warehouse.repositories.items import ItemRepository
from warehouse.repositories.shipments import ShipmentRepository
from warehouse.services.shipping import ShippingService
from warehouse.services.stock import StockService

SessionDep = Annotated[AsyncSession, Depends(get_session)]


def get_items(session: SessionDep) -> ItemRepository:
    return ItemRepository(session)


def get_stock_service(items: Annotated[ItemRepository, Depends(get_items)]) -> StockService:
    return StockService(items)


def get_shipping_service(session: SessionDep) -> ShippingService:
    return ShippingService(ShipmentRepository(session), ItemRepository(session))


def current_tenant(x_tenant: Annotated[str, Header()] = "1") -> int:
    return int(x_tenant)


def current_operator(x_operator: Annotated[str, Header()] = "1") -> int:
    try:
        return int(x_operator)
    except ValueError as error:
        raise HTTPException(status_code=400, detail="X-Operator is a number") from error


StockDep = Annotated[StockService, Depends(get_stock_service)]
ShippingDep = Annotated[ShippingService, Depends(get_shipping_service)]
