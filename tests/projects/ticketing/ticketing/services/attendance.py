from datetime import UTC, datetime

from ticketing.models import Event, Venue
from ticketing.repositories import events


def seats_left(event: Event) -> int:
    return event.capacity - events.sold(event.id)


def overview() -> list[dict[str, object]]:
    now = datetime.now(UTC).replace(tzinfo=None)
    rows = []
    for event in events.upcoming(now):
        rows.append({"id": event.id, "name": event.name, "left": seats_left(event)})
    return rows


def occupancy(limit: int) -> list[dict[str, object]]:
    found = events.upcoming(datetime.now(UTC).replace(tzinfo=None))[:limit]
    sold = events.sold_by_event([event.id for event in found])
    return [{"id": event.id, "venue": event.venue.name, "sold": sold.get(event.id, 0)} for event in found]


def programme() -> list[dict[str, object]]:
    venues = Venue.query.order_by(Venue.name).limit(200).all()
    return [{"venue": venue.name, "events": [event.name for event in venue.events]} for venue in venues]
