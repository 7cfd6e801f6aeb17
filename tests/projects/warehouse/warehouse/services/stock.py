import asyncio
import csv
import io
import logging

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from warehouse.clients import suppliers
from warehouse.database import archive_engine
from warehouse.errors import UnknownItem, WarehouseError
from warehouse.models import Item
from warehouse.repositories.items import ItemRepository
from warehouse.schemas import ItemIn, Transfer

logger = logging.getLogger(__name__)
running: set[asyncio.Task[None]] = set()


class StockService:
    def __init__(self, items: ItemRepository) -> None:
        self.items = items

    async def levels(self, limit: int) -> list[dict[str, object]]:
        rows = []
        for item in await self.items.page(limit, 0):
            rows.append({"sku": item.sku, "quantity": await self.level(item)})
        return rows

    async def level(self, item: Item) -> int:
        return await self.items.quantity(item.id)

    async def levels_at_once(self, limit: int) -> list[dict[str, object]]:
        found = await self.items.page(limit, 0)
        totals = await self.items.quantities([item.id for item in found])
        return [{"sku": item.sku, "quantity": totals.get(item.id, 0)} for item in found]

    async def ranges(self) -> list[dict[str, object]]:
        rows = []
        for supplier in await self.items.suppliers():
            offered = await supplier.awaitable_attrs.items
            rows.append({"supplier": supplier.name, "items": len(offered)})
        return rows

    async def ranges_at_once(self) -> list[dict[str, object]]:
        found = await self.items.suppliers_with_items()
        return [{"supplier": supplier.name, "items": len(supplier.items)} for supplier in found]

    async def shelves(self) -> list[dict[str, object]]:
        return [{"aisle": place.aisle, "places": len(place.stock)} for place in await self.items.locations()]

    async def inventory(self) -> list[dict[str, object]]:
        return [{"sku": row.item.sku, "quantity": row.quantity} for row in await self.items.stock_with_items(100)]

    async def pick(self, item_ids: list[int]) -> list[str]:
        found = [await self.items.find(item_id) for item_id in item_ids]
        return [item.sku for item in found if item is not None]

    async def transfer(self, order: Transfer) -> int:
        moved = await self.items.stock(order.stock_ids)
        for row in moved:
            row.location_id = order.location_id
            await self.items.session.flush()
        await self.items.session.commit()
        return len(moved)

    async def transfer_at_once(self, order: Transfer) -> int:
        moved = await self.items.stock(order.stock_ids)
        for row in moved:
            row.location_id = order.location_id
        await self.items.session.commit()
        return len(moved)

    async def create(self, body: ItemIn) -> Item:
        return await self.items.add(Item(**body.model_dump()))

    async def create_once(self, body: ItemIn) -> Item:
        try:
            return await self.items.add(Item(**body.model_dump()))
        except IntegrityError as error:
            raise WarehouseError("This number is taken.") from error

    async def require(self, item_id: int) -> Item:
        item = await self.items.find(item_id)
        if item is None:
            raise UnknownItem("There is no such item.")
        return item

    async def reorder(self, item_id: int, quantity: int) -> str:
        item = await self.require(item_id)
        order = await suppliers.order(item.sku, quantity)
        return str(order["number"])

    async def refresh_catalogue(self) -> int:
        return len(await suppliers.catalogue())


async def write_audit(item_id: int) -> None:
    raise WarehouseError(f"item {item_id} has no audit trail")


def audit_later(item_id: int) -> None:
    asyncio.create_task(write_audit(item_id))


async def audit_now(item_id: int) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(write_audit(item_id))


async def audit_many(item_ids: list[int]) -> int:
    await asyncio.gather(*(write_audit(item_id) for item_id in item_ids), return_exceptions=True)
    return len(item_ids)


async def archived_count() -> int:
    engine = archive_engine()
    async with engine.connect() as connection:
        count = await connection.scalar(text("SELECT count(*) FROM item"))
    await engine.dispose()
    return count or 0


async def archived_count_or_zero() -> int:
    try:
        return await archived_count()
    except Exception as error:
        logger.warning("archive does not answer: %s", error)
        return 0


async def archived_count_logged() -> int:
    try:
        return await archived_count()
    except Exception:
        logger.exception("archive does not answer")
        return 0


def parse_quantity(raw: str) -> int:
    if not raw.isdigit():
        raise WarehouseError("The quantity is no number.")
    return int(raw)


def table(items: list[Item]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerows([item.sku, item.name] for item in items)
    return stream.getvalue()
