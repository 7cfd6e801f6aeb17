from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from ticketing.extensions import db, limiter
from ticketing.models import Customer, Venue
from ticketing.repositories import customers as repository
from ticketing.services import customers

bp = Blueprint("customers", __name__, url_prefix="/customers")


@bp.post("")
def register() -> ResponseReturnValue:
    body = request.get_json()
    customer = Customer(name=str(body.get("name", "")), email=str(body.get("email", "")))
    repository.store(customer)
    customers.welcome(customer)
    return jsonify(id=customer.id), 201


@bp.put("/<int:customer_id>/email")
def change_email(customer_id: int) -> ResponseReturnValue:
    customer = customers.find(customer_id)
    customer.email = str(request.get_json().get("email", ""))
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return jsonify(error="This address is taken."), 409
    customers.notify_later(customer)
    return jsonify(id=customer.id)


@bp.delete("/<int:customer_id>")
def erase(customer_id: int) -> ResponseReturnValue:
    customers.erase(customer_id)
    return "", 204


@bp.delete("/<int:customer_id>/tokens")
@limiter.exempt
def revoke_tokens(customer_id: int) -> ResponseReturnValue:
    return jsonify(revoked=customers.revoke_tokens(customer_id))


@bp.post("/<int:customer_id>/invitation")
def invite(customer_id: int) -> ResponseReturnValue:
    sent = customers.invite(customers.find(customer_id))
    return jsonify(sent=sent)


@bp.get("/ranking")
def ranking() -> ResponseReturnValue:
    return jsonify(customers.ranking())


@bp.get("/loyal")
def loyal() -> ResponseReturnValue:
    return jsonify(customers.loyal(25))


@bp.get("/holders")
def holders() -> ResponseReturnValue:
    ticket_ids = request.args.getlist("ticket", type=int)
    return jsonify(customers.holders(ticket_ids))


@bp.post("/venues/<int:venue_id>/position")
def position(venue_id: int) -> ResponseReturnValue:
    found = customers.place(db.get_or_404(Venue, venue_id))
    return jsonify(found=found is not None)
