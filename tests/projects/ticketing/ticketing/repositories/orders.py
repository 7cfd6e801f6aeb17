from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ticketing.extensions import db
from ticketing.models import Customer, Order, Ticket


class OrderRepository:
    def active(self) -> list[Order]:
        return Order.query.filter(Order.deleted_at.is_(None)).all()

    def with_details(self, limit: int) -> list[Order]:
        statement = (
            select(Order)
            .where(Order.deleted_at.is_(None))
            .options(joinedload(Order.customer), selectinload(Order.tickets))
            .order_by(Order.id)
            .limit(limit)
        )
        return list(db.session.scalars(statement))

    def by_id(self, order_id: int) -> Order | None:
        return db.session.scalar(select(Order).where(Order.id == order_id, Order.deleted_at.is_(None)))

    def by_email(self, email: str) -> list[Order]:
        statement = select(Order).join(Order.customer).where(Customer.email == email).limit(100)
        return list(db.session.scalars(statement))

    def reserved(self) -> list[Order]:
        return list(
            db.session.scalars(select(Order).where(Order.state == "reserved", Order.deleted_at.is_(None)).limit(500))
        )

    def add(self, order: Order) -> Order:
        db.session.add(order)
        db.session.flush()
        return order


class TicketRepository:
    def of_order(self, order_id: int) -> list[Ticket]:
        return list(db.session.scalars(select(Ticket).where(Ticket.order_id == order_id)))

    def by_id(self, ticket_id: int) -> Ticket | None:
        return db.session.get(Ticket, ticket_id)

    def last(self, limit: int) -> list[Ticket]:
        return Ticket.query.order_by(Ticket.id.desc()).limit(limit).all()
