from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from warehouse.models import Account, LoginSession, Shipment, ShipmentLine


class ShipmentRepository:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def find(self, shipment_id: int) -> Shipment | None:
        return await self.session.scalar(
            select(Shipment).where(Shipment.id == shipment_id, Shipment.deleted_at.is_(None))
        )

    async def open(self) -> Sequence[Shipment]:
        result = await self.session.scalars(
            select(Shipment).where(Shipment.state == "open", Shipment.deleted_at.is_(None)).limit(100)
        )
        return result.all()

    async def of_tenant(self, tenant_id: int) -> Sequence[Shipment]:
        result = await self.session.scalars(select(Shipment).where(Shipment.tenant_id == tenant_id).limit(100))
        return result.all()

    async def manifest(self, limit: int) -> Sequence[Shipment]:
        statement = (
            select(Shipment)
            .where(Shipment.deleted_at.is_(None))
            .options(selectinload(Shipment.lines).joinedload(ShipmentLine.item))
            .limit(limit)
        )
        return (await self.session.scalars(statement)).all()

    async def cancel(self, shipment: Shipment) -> None:
        shipment.deleted_at = datetime.now(UTC).replace(tzinfo=None)
        await self.session.commit()

    async def purge(self, reference: str) -> None:
        await self.session.execute(text("DELETE FROM shipment WHERE reference = :reference"), {"reference": reference})
        await self.session.commit()

    async def close_account(self, account: Account) -> None:
        await self.session.delete(account)
        await self.session.commit()

    async def log_out(self, account_id: int) -> None:
        await self.session.execute(delete(LoginSession).where(LoginSession.account_id == account_id))
        await self.session.commit()
