from datetime import datetime

from flask import Blueprint, abort, jsonify, request
from flask.typing import ResponseReturnValue

from ticketing.api.problems import NotFound
from ticketing.extensions import db, limiter
from ticketing.models import Event
from ticketing.repositories import events
from ticketing.services import attendance

bp = Blueprint("events", __name__)


def as_json(event: Event) -> dict[str, object]:
    return {"id": event.id, "name": event.name, "venue": event.venue.name, "starts_at": event.starts_at.isoformat()}


@bp.get("")
def list_events() -> ResponseReturnValue:
    page = int(request.args.get("page", 1))
    size = request.args.get("size", 20, type=int)
    found = events.page_of_events(page, size)
    return jsonify(items=[as_json(event) for event in found.items], total=found.total)


@bp.get("/all")
@limiter.limit("5/minute")
def all_events() -> ResponseReturnValue:
    return jsonify([as_json(event) for event in events.every_event()])


@bp.get("/<int:event_id>")
def event_detail(event_id: int) -> ResponseReturnValue:
    event = events.by_id(event_id)
    if event is None:
        raise NotFound("There is no such event.")
    return jsonify(as_json(event))


@bp.post("")
def create_event() -> ResponseReturnValue:
    body = request.get_json()
    event = Event(
        venue_id=body["venue_id"],
        name=body["name"],
        capacity=body.get("capacity", 100),
        price_cents=body.get("price_cents", 0),
        starts_at=datetime.fromisoformat(body.get("starts_at", "2030-01-01T20:00")),
    )
    db.session.add(event)
    db.session.commit()
    return jsonify(id=event.id), 201


@bp.put("/<int:event_id>")
def rename_event(event_id: int) -> ResponseReturnValue:
    body = request.get_json()
    if not isinstance(body, dict) or "name" not in body:
        abort(400)
    event = db.get_or_404(Event, event_id)
    event.name = body["name"]
    db.session.commit()
    return jsonify(as_json(event))


@bp.get("/attendance")
def attendance_overview() -> ResponseReturnValue:
    return jsonify(attendance.overview())


@bp.get("/occupancy")
@limiter.limit("20/minute")
def occupancy() -> ResponseReturnValue:
    limit = min(request.args.get("limit", 50, type=int), 200)
    return jsonify(attendance.occupancy(limit))


@bp.get("/programme")
def programme() -> ResponseReturnValue:
    return jsonify(attendance.programme())
