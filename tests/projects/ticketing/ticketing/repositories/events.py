from datetime import datetime

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import func, select

from ticketing.extensions import db
from ticketing.models import Event, Ticket


def page_of_events(page: int, size: int) -> Pagination:
    return db.paginate(select(Event).order_by(Event.starts_at), page=page, per_page=size, max_per_page=50, error_out=False)


def by_id(event_id: int) -> Event | None:
    return db.session.get(Event, event_id)


def upcoming(now: datetime) -> list[Event]:
    return list(db.session.scalars(select(Event).where(Event.starts_at > now).order_by(Event.starts_at)))


def every_event() -> list[Event]:
    return db.session.execute(select(Event)).scalars().all()


def sold(event_id: int) -> int:
    return db.session.scalar(select(func.count(Ticket.id)).where(Ticket.event_id == event_id)) or 0


def sold_by_event(event_ids: list[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(Ticket.event_id, func.count(Ticket.id)).where(Ticket.event_id.in_(event_ids)).group_by(Ticket.event_id)
    )
    return {event_id: number for event_id, number in rows}
