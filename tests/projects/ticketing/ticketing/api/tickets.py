from datetime import UTC, datetime

from flask import Blueprint, request
from flask_restful import Api, Resource, abort

from ticketing.api.problems import NotFound
from ticketing.extensions import db
from ticketing.models import Ticket
from ticketing.repositories.orders import TicketRepository

bp = Blueprint("tickets", __name__)
api = Api(bp)


def as_json(ticket: Ticket) -> dict[str, object]:
    return {"id": ticket.id, "holder": ticket.holder, "event": ticket.event.name}


class TicketResource(Resource):
    def __init__(self) -> None:
        self.tickets = TicketRepository()

    def get(self, ticket_id: int) -> dict[str, object]:
        ticket = self.tickets.by_id(ticket_id)
        if ticket is None:
            raise NotFound("There is no such ticket.")
        return as_json(ticket)

    def put(self, ticket_id: int) -> dict[str, object]:
        ticket = self.tickets.by_id(ticket_id)
        if ticket is None:
            abort(404)
        ticket.holder = str(request.get_json().get("holder", ""))
        db.session.commit()
        return as_json(ticket)


class TicketList(Resource):
    def get(self) -> list[dict[str, object]]:
        return [as_json(ticket) for ticket in TicketRepository().last(50)]


class CheckIn(Resource):
    def post(self, ticket_id: int) -> dict[str, object]:
        at = request.get_json().get("at")
        ticket = db.get_or_404(Ticket, ticket_id)
        ticket.checked_in_at = datetime.fromisoformat(at) if at else datetime.now(UTC)
        db.session.commit()
        return as_json(ticket)


api.add_resource(TicketList, "/")
api.add_resource(TicketResource, "/<int:ticket_id>")
api.add_resource(CheckIn, "/<int:ticket_id>/check-in")
