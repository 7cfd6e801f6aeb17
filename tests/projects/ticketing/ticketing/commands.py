from datetime import UTC, datetime

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import update

from ticketing.extensions import db
from ticketing.models import ApiToken, Event
from ticketing.repositories import events


def register_commands(app: Flask) -> None:
    app.cli.add_command(close_events)
    app.cli.add_command(purge_tokens)
    app.cli.add_command(import_capacities)


@click.command("close-events")
@with_appcontext
def close_events() -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    db.session.execute(update(Event).where(Event.starts_at < now).values(is_closed=True))
    db.session.commit()


@click.command("purge-tokens")
@with_appcontext
def purge_tokens() -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    ApiToken.query.filter(ApiToken.expires_at < now).delete()
    db.session.commit()


@click.command("import-capacities")
@click.argument("path", type=click.Path(exists=True, dir_okay=False))
@with_appcontext
def import_capacities(path: str) -> None:
    with open(path, encoding="utf-8") as stream:
        for line in stream:
            event_id, capacity = line.split(",")
            event = events.by_id(int(event_id))
            if event is not None:
                event.capacity = int(capacity)
    db.session.commit()
