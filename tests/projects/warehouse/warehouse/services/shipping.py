import logging

import httpx
from sqlalchemy.exc import NoResultFound

from warehouse.clients import customs
from warehouse.clients.carrier import CarrierClient
from warehouse.errors import OutOfStock, UnknownItem, WarehouseError
from warehouse.models import Account, Shipment, ShipmentLine
from warehouse.repositories.items import ItemRepository
from warehouse.repositories.shipments import ShipmentRepository

logger = logging.getLogger(__name__)
carrier = CarrierClient()


class ShippingService:
    def __init__(self, shipments: ShipmentRepository, items: ItemRepository) -> None:
        self.shipments = shipments
        self.items = items

    async def create(self, reference: str, item_ids: list[int]) -> Shipment:
        shipment = Shipment(reference=reference, lines=[])
        for item_id in item_ids:
            if await self.items.quantity(item_id) < 1:
                raise OutOfStock(f"Item {item_id} is sold out.")
            shipment.lines.append(ShipmentLine(item_id=item_id))
        self.shipments.session.add(shipment)
        await self.shipments.session.commit()
        return shipment

    async def dispatch(self, shipment_id: int) -> Shipment:
        shipment = await self.require(shipment_id)
        shipment.tracking_number = await carrier.book(shipment.reference)
        await self.shipments.session.commit()
        return shipment

    async def recall(self, shipment_id: int) -> None:
        shipment = await self.require(shipment_id)
        await carrier.cancel(shipment.tracking_number or "none")

    async def declare(self, shipment_id: int) -> str:
        shipment = await self.require(shipment_id)
        return await customs.declare(shipment.reference, shipment.value_cents)

    async def declare_safely(self, shipment_id: int) -> str:
        shipment = await self.require(shipment_id)
        try:
            return await customs.declare(shipment.reference, shipment.value_cents)
        except httpx.HTTPError as error:
            raise WarehouseError("Customs can not be reached.") from error

    async def require(self, shipment_id: int) -> Shipment:
        shipment = await self.shipments.find(shipment_id)
        if shipment is None:
            raise UnknownItem("There is no such shipment.")
        return shipment

    async def contents(self) -> list[dict[str, object]]:
        rows = []
        for shipment in await self.shipments.open():
            for line in await shipment.awaitable_attrs.lines:
                rows.append({"shipment": shipment.id, "item": line.item_id})
        return rows

    async def manifest(self) -> list[dict[str, object]]:
        return [
            {"shipment": shipment.id, "items": [line.item.name for line in shipment.lines]}
            for shipment in await self.shipments.manifest(100)
        ]

    async def close_account(self, account_id: int) -> None:
        account = await self.shipments.session.get(Account, account_id)
        if account is not None:
            await self.shipments.close_account(account)

    async def price(self, sku: str) -> dict[str, object]:
        item = await self.items.by_sku(sku)
        return {"sku": item.sku, "weight": item.unitWeight}

    async def price_or_none(self, sku: str) -> dict[str, object] | None:
        try:
            return await self.price(sku)
        except NoResultFound:
            return None


async def notify(reference: str) -> None:
    try:
        await customs.declare(reference, 0)
    except httpx.HTTPError:
        logger.exception("customs was not told of %s", reference)


async def check(shipment: Shipment) -> None:
    if shipment.value_cents < 0:
        raise Exception(f"shipment {shipment.reference} has no value")
