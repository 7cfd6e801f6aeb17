"""Writes a roadmap as `roadmap.toml`, in an order and with comments that people can edit."""

import re
from datetime import date
from typing import TYPE_CHECKING

from auditor.model.roadmap import MANUAL, PlannedReview, Proof, Roadmap, Sprint, Target, Unread

if TYPE_CHECKING:
    from tomlkit.items import InlineTable, Table

HIDDEN = re.compile("[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""What nobody sees in an editor, or what turns the line around that people are to check."""
_HEAD = """What this team promised. `auditor roadmap status` measures it; edit freely and keep it under version control.
A target is met when its measure compares to its goal: comparator is one of < <= > >= ==.
relative = true: the goal is the share in percent (with another unit: the amount) by which the baseline is to change.
measure = "manual": no tool can measure it; `evidence` says what would satisfy it. claimed: the author ticked it.
proof = { value = 0, date = 2026-03-20, who = "…", link = "https://…" } brings a figure that no tool measures."""


def write_toml(roadmap: Roadmap) -> str:
    """The roadmap as TOML; `read_toml` of it gives an equal roadmap."""
    import tomlkit

    page = tomlkit.document()
    for line in _HEAD.splitlines():
        page.add(tomlkit.comment(line))
    page.add(tomlkit.nl())
    for key, value in (("title", roadmap.title), ("source", roadmap.source)):
        if value:
            page.add(key, tomlkit.item(value))
    if roadmap.starts:
        page.add("starts", tomlkit.item(date.fromisoformat(roadmap.starts)))
        page["starts"].comment("the first day of week 1")
    if roadmap.sprints:
        page.add("sprint", _tables([_sprint(sprint) for sprint in roadmap.sprints]))
    if roadmap.targets:
        page.add("target", _tables([_target(target) for target in roadmap.targets]))
    if roadmap.reviews:
        page.add("review", _tables([_review(review) for review in roadmap.reviews]))
    if roadmap.unread:
        page.add("unread", _tables([_unread(one) for one in roadmap.unread]))
        page["unread"][0].comment("looks like a promise and was not read as one: make it a [[target]], or remove it")
    return HIDDEN.sub(lambda one: f"\\u{ord(one[0]):04x}", tomlkit.dumps(page))


def _tables(tables: "list[Table]") -> object:
    import tomlkit

    array = tomlkit.aot()
    for table in tables:
        array.append(table)
    return array


def _unread(one: Unread) -> "Table":
    import tomlkit

    table = tomlkit.table()
    table.add("text", one.text)
    table.add("line", one.line)
    return table


def _sprint(sprint: Sprint) -> "Table":
    import tomlkit

    table = tomlkit.table()
    table.add("name", sprint.name)
    for key, text in (("title", sprint.title), ("goal", sprint.goal)):
        if text:
            table.add(key, text)
    for key, day in (("starts", sprint.starts), ("ends", sprint.ends)):
        if day:
            table.add(key, date.fromisoformat(day))
    if sprint.weeks:
        table.add("weeks", list(sprint.weeks))
    if sprint.deliverables:
        lines = tomlkit.array()
        lines.extend(sprint.deliverables)
        table.add("deliverables", lines.multiline(True))
    return table


def _target(target: Target) -> "Table":
    import tomlkit

    table = tomlkit.table()
    table.add("text", target.text)
    table.add("measure", target.measure)
    table.add("comparator", target.comparator)
    for key, figure in (("goal", target.goal), ("baseline", target.baseline)):
        if figure is not None:
            table.add(key, int(figure) if figure.is_integer() and abs(figure) < 1e15 else figure)
    for key, text in (("unit", target.unit), ("sprint", target.sprint), ("owner", target.owner), ("part", target.part)):
        if text:
            table.add(key, text)
    if target.due:
        table.add("due", date.fromisoformat(target.due))
    table.add("claimed", target.claimed)
    if target.relative:
        table.add("relative", True)
    if target.category:
        table.add("category", target.category)
    if target.evidence:
        table.add("evidence", target.evidence)
        if target.measure == MANUAL:
            table["evidence"].comment("what would satisfy it")
    if target.line:
        table.add("line", target.line)
    if target.proof is not None:
        table.add("proof", _proof(target.proof))
    return table


def _proof(proof: Proof) -> "InlineTable":
    import tomlkit

    inline = tomlkit.inline_table()
    inline.append("value", int(proof.value) if proof.value.is_integer() and abs(proof.value) < 1e15 else proof.value)
    inline.append("date", date.fromisoformat(proof.date))
    for key, text in (("who", proof.who), ("link", proof.link), ("note", proof.note)):
        if text:
            inline.append(key, text)
    return inline


def _review(review: PlannedReview) -> "Table":
    import tomlkit

    table = tomlkit.table()
    table.add("name", review.name)
    if review.sprint:
        table.add("sprint", review.sprint)
    rows = []
    for question in review.questions:
        row = tomlkit.table()
        row.add("text", question.text)
        if question.measures:
            row.add("measures", list(question.measures))
        if question.line:
            row.add("line", question.line)
        if question.proof is not None:
            row.add("proof", _proof(question.proof))
        rows.append(row)
    if rows:
        table.add("question", _tables(rows))
    return table
