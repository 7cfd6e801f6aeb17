"""What has to be seen for a label of the pack `database` to be true."""

import re
import traceback
from typing import Any

from tests.projects.labels import Label, Place
from tests.projects.proofs.sight import Play, load, stood

FEW, SOME, MANY = 2, 12, 120


def n_plus_one(label: Label, place: Place, play: Play) -> None:
    """A query inside a loop grows with the rows; one beside it does not."""
    counts = []
    for rows in (FEW, SOME):
        _, seen = play(rows=rows)
        assert seen.ran(place) or label.whole, "the line was not reached"
        counts.append(sum(label.whole or stood(label, place, lines) for _, lines in seen.queries))
    assert (counts[1] > counts[0]) == (label.kind == "bad"), counts


def unbounded_query(label: Label, place: Place, play: Play) -> None:
    """The answer of an unbounded query holds every row."""
    _, seen = play(rows=MANY)
    assert seen.ran(place) or label.whole
    assert seen.status == 200, seen.status
    assert (max(_lengths(seen.answer), default=seen.text.count("\n")) >= MANY) == (label.kind == "bad")


def _lengths(answer: Any) -> list[int]:
    if isinstance(answer, list):
        return [len(answer), *(n for one in answer for n in _lengths(one))]
    return [n for one in answer.values() for n in _lengths(one)] if isinstance(answer, dict) else []


def unpooled_engine(label: Label, place: Place, play: Play) -> None:
    """Two calls make two connections where there is no pool; production's own engine keeps several."""
    if label.kind == "good" or label.table:
        kept = play()[0].pools(label.table)
        assert kept
        assert all(re.search("QueuePool|persistent", repr(pool)) for pool in kept) == (label.kind == "good"), kept
        return
    made = []
    for times in (1, 2):
        _, seen = play(times=times)
        made.append(sum(stood(label, place, lines) for _, lines in seen.connections))
    assert made[1] > made[0] > 0, made


def no_query_timeout(label: Label, place: Place, play: Play) -> None:
    """What the driver is told when a connection is made."""
    stage, seen = play()
    if label.kind == "good" or label.table:
        asked = [repr(one) for one in stage.connect_arguments(label.table)]
    else:
        asked = [options for options, lines in seen.connections if stood(label, place, lines)]
    assert asked, "no connection was made there"
    assert all(re.search("statement_timeout|command_timeout", one) for one in asked) == (label.kind == "good"), asked


def irreversible_migration(label: Label, place: Place, play: Play) -> None:
    """The schema after the way there and back is the one before, or not."""
    stage, _ = play()
    try:
        before, after = stage.migrated(label.table)
        back = before == after
    except Exception:  # noqa: BLE001 - a migration may refuse with any type
        assert label.kind == "bad", traceback.format_exc()
        return
    assert back == (label.kind == "good"), (before, after)


def field_naming(label: Label, place: Place, play: Play) -> None:
    """The majority of the columns' names, and whether this one goes with it, is mapped, or has a twin of another name."""
    model, attribute, twin = [*label.column.split(" "), ""][:3]
    play()
    stage_columns = _columns(load(model))
    assert attribute in stage_columns, sorted(stage_columns)
    if twin:
        others = [kind for kind in _siblings(load(model)) if twin in _columns(kind)]
        assert (len(others) > 0) == (label.kind == "bad")
        return
    snake = re.fullmatch(r"[a-z][a-z0-9_]*", attribute) is not None
    assert (not snake and stage_columns[attribute] == attribute) == (label.kind == "bad")


def _columns(model: Any) -> dict[str, str]:
    """Attribute to column name."""
    if hasattr(model, "model_fields"):
        return {name: field.alias or name for name, field in model.model_fields.items()}
    if hasattr(model, "_meta"):
        return {field.attname: field.column for field in model._meta.concrete_fields}
    return {key: found.columns[0].name for key, found in model.__mapper__.column_attrs.items()}


def _siblings(model: Any) -> list[Any]:
    if hasattr(model, "_meta"):
        return list(model._meta.app_config.get_models())
    return [mapper.class_ for mapper in model.registry.mappers]
