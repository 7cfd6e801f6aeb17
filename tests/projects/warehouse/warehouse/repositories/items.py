from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from warehouse.models import Item, Location, Stock, Supplier


class ItemRepository:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def page(self, limit: int, offset: int) -> Sequence[Item]:
        result = await self.session.scalars(select(Item).order_by(Item.id).limit(limit).offset(offset))
        return result.all()

    async def everything(self) -> Sequence[Item]:
        result = await self.session.scalars(select(Item))
        return result.all()

    async def by_sku(self, sku: str) -> Item:
        result = await self.session.execute(select(Item).where(Item.sku == sku))
        return result.scalar_one()

    async def find(self, item_id: int) -> Item | None:
        return await self.session.get(Item, item_id)

    async def quantity(self, item_id: int) -> int:
        total = await self.session.scalar(select(func.sum(Stock.quantity)).where(Stock.item_id == item_id))
        return total or 0

    async def quantities(self, item_ids: list[int]) -> dict[int, int]:
        rows = await self.session.execute(
            select(Stock.item_id, func.sum(Stock.quantity)).where(Stock.item_id.in_(item_ids)).group_by(Stock.item_id)
        )
        return {item_id: total for item_id, total in rows}

    async def add(self, item: Item) -> Item:
        self.session.add(item)
        await self.session.commit()
        return item

    async def suppliers(self) -> Sequence[Supplier]:
        result = await self.session.scalars(select(Supplier).order_by(Supplier.name).limit(100))
        return result.all()

    async def suppliers_with_items(self) -> Sequence[Supplier]:
        result = await self.session.scalars(select(Supplier).options(selectinload(Supplier.items)).limit(100))
        return result.all()

    async def locations(self) -> Sequence[Location]:
        result = await self.session.scalars(select(Location).limit(100))
        return result.all()

    async def stock_with_items(self, limit: int) -> Sequence[Stock]:
        result = await self.session.scalars(select(Stock).options(joinedload(Stock.item)).limit(limit))
        return result.all()

    async def stock(self, stock_ids: list[int]) -> Sequence[Stock]:
        result = await self.session.scalars(select(Stock).where(Stock.id.in_(stock_ids)))
        return result.all()
