from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ticketing.extensions import db
from ticketing.models import ApiToken, Customer, Order


def by_id(customer_id: int) -> Customer | None:
    return db.session.get(Customer, customer_id)


def by_ids(customer_ids: set[int]) -> list[Customer]:
    return list(db.session.scalars(select(Customer).where(Customer.id.in_(customer_ids))))


def first_page() -> list[Customer]:
    return list(db.session.scalars(select(Customer).order_by(Customer.id).limit(50)))


def with_orders(limit: int) -> list[Customer]:
    statement = select(Customer).options(selectinload(Customer.orders).selectinload(Order.tickets)).limit(limit)
    return list(db.session.scalars(statement))


def remove(customer: Customer) -> None:
    db.session.delete(customer)
    db.session.commit()


def revoke(token: ApiToken) -> None:
    db.session.delete(token)
    db.session.commit()


def store(customer: Customer) -> Customer:
    db.session.add(customer)
    db.session.commit()
    return customer
