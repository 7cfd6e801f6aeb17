"""Figures stand for what was judged: where a part of the engine fails, its own are unknown and all others stand."""

from datetime import date
from pathlib import Path

import pytest

from auditor.facts.flow.read import PATTERNS, flow
from auditor.facts.screen import screen
from auditor.model.measure import Basis
from auditor.model.snapshot import Crashed
from auditor.packs.rules import places
from auditor.paths.calls.graph import Graph
from auditor.paths.project import Project
from auditor.rule.ask import tried
from auditor.run.audit import audit
from auditor.run.figures import COUNTED, Asked, measures
from auditor.run.job import Job

CODE = b"""
from flask import Flask

app = Flask(__name__)


@app.get("/v1/orders")
def orders():
    return []
"""


class Broken(Project):
    """A project whose call graph can not be made."""

    @property
    def graph(self) -> Graph:  # type: ignore[override]
        raise IndexError("no such step")


def shop(kind: type[Project]) -> Project:
    sheet = screen("shop.py", CODE, PATTERNS)
    return kind({"shop.py": sheet.facts}, date(2026, 1, 1), flows={"shop.py": flow(sheet)})


def test_what_needs_the_call_graph_is_unknown_without_one_and_the_sizes_are_known() -> None:
    asked = Asked(frozenset(COUNTED.values()))
    sound, none = measures(shop(Project), (), {}, asked)
    broken, failed = measures(shop(Broken), (), {}, asked)
    assert none == ()
    assert [(one.name, one.unit) for one in broken] == [(one.name, one.unit) for one in sound]
    known = {one.name for one in broken if one.known}
    assert {"size.code_lines", "duplication.density_pct"} <= known
    assert not {"api.routes", "analysis.unresolved_calls_pct", "errors.handled_paths_pct"} & known
    assert {one.rule for one in failed} == {
        "the share of calls that were followed",
        "the figures of the database",
        "the figures of guards",
    }


def test_the_count_of_a_rule_that_failed_is_unknown() -> None:
    asked = Asked(frozenset(COUNTED.values()), frozenset(("errors/lost-cause",)))
    found = {one.name: one for one in measures(shop(Project), (), {}, asked)[0]}
    assert found["errors.lost_causes"].value is None
    assert found["errors.broad_handlers"].value == 0


@pytest.mark.parametrize("error", [IndexError("gone"), RecursionError(), AssertionError()])
def test_a_failure_is_told_with_its_place(error: Exception) -> None:
    def fails() -> int:
        raise error

    told = tried("a part", fails, "shop.py", 3)
    assert isinstance(told, Crashed)
    assert (told.rule, told.path, told.line) == ("a part", "shop.py", 3)
    assert type(error).__name__ in told.traceback
    assert tried("a part", lambda: 7) == 7


HANDLERS = """
def pay(order, log):
    try:
        charge(order)
    except Exception:
        pass
    try:
        book(order)
    except Exception as error:
        log.error("no: %s", error)
    try:
        read(order)
    except KeyError:
        pass
"""


def test_a_handler_that_catches_everything_is_broad_whatever_it_does_and_nothing_is_said_of_queries_that_nobody_sends(
    tmp_path: Path,
) -> None:
    (tmp_path / "shop.py").write_text(HANDLERS)
    found = {one.name: one for one in audit(Job(tmp_path, places(), date(2026, 6, 1))).measures}
    assert (found["errors.broad_handlers"].value, found["errors.swallowed"].value) == (2, 1)
    for name in ("database.n_plus_one", "database.unbounded_queries", "database.queries_without_timeout"):
        assert (found[name].basis, found[name].note) == (Basis.ABSENT, "nothing in the project asks a database")
    migrations = found["database.irreversible_migrations"]
    assert (migrations.basis, migrations.note) == (Basis.ABSENT, "the project has no migrations")
    assert found["database.unpooled_engines"].value == 0


MIGRATION = """
from alembic import op
import sqlalchemy as sa

revision = "1a2b"
down_revision = "0f0f"

def upgrade():
    op.add_column("order", sa.Column("total", sa.Integer()))

def downgrade():
    pass
"""
LIST = """
from flask import Flask, jsonify
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)

class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)

@app.get("/v1/orders")
def orders():
    return jsonify([order.id for order in Order.query.all()])

@app.post("/v1/orders")
def order():
    db.session.add(Order())
    db.session.commit()
    return {}
"""


def test_what_a_roadmap_promises_of_migrations_and_of_whole_tables_is_counted(tmp_path: Path) -> None:
    (tmp_path / "migrations/versions").mkdir(parents=True)
    (tmp_path / "migrations/versions/1a2b_total.py").write_text(MIGRATION)
    (tmp_path / "shop.py").write_text(LIST)
    found = {one.name: one.value for one in audit(Job(tmp_path, places(), date(2026, 6, 1))).measures}
    assert found["database.irreversible_migrations"] == found["database.unbounded_queries"] == 1
