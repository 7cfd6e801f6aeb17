"""The made-up shop with half a year of history: everything that a report on time can show."""

import math
from datetime import date, timedelta
from pathlib import Path

import msgspec

from auditor.judge.burnup import burnup
from auditor.judge.compare import compare
from auditor.judge.decisions import decisions
from auditor.judge.exemptions import exemptions
from auditor.judge.sprint import sprint_states, standpoints
from auditor.judge.waterfall import waterfall
from auditor.model.change import Attribution, Cause, Lever, Part
from auditor.model.contract import Change, Kind
from auditor.model.finding import Severity
from auditor.model.history import Conditions, Entry, Past, Point, Seen, Series, Stretch, Weighed
from auditor.model.outlook import Answer, ReviewState
from auditor.model.policy import Accepted, Supply
from auditor.model.review import HotSpot, Review
from auditor.model.snapshot import Scope
from auditor.model.verdict import Grade
from auditor.report.view import View
from tests.report import sample

TODAY = date(2026, 11, 20)
WEEKS = 26
DAYS = [TODAY - timedelta(days=7 * back) for back in range(WEEKS - 1, -1, -1)]
MOMENTS = [f"{day.isoformat()}T16:05:00+00:00" for day in DAYS]
COURSES: dict[str, tuple[str, tuple[float, float], float]] = {
    "cache.hit_pct": ("%", (65, 71.5), 1.2),
    "complexity.functions_over_10": ("functions", (61, 48), 1.5),
    "dependencies.count": ("packages", (104, 87), 1.4),
    "duplication.density_pct": ("%", (12.5, 9.8), 0.3),
    "errors.broad_handlers": ("count", (30, 16), 1.0),
    "errors.swallowed": ("count", (62, 40), 2.0),
    "latency.p95_ms": ("ms", (250, 262.4), 4.0),
    "size.code_lines": ("lines", (71200, 82435), 300),
    "todo.security": ("count", (9, 1), 0.4),
}
"""Measures with their unit, their first and last figure, and how far they stray between."""
COUNTED = ("count", "packages", "functions", "lines")


def series() -> tuple[Series, ...]:
    """Half a year of weekly figures, some weeks unknown."""
    return tuple(
        Series(name, "", unit, tuple(Point(at, "c", figure(name, week)) for week, at in enumerate(MOMENTS)))
        for name, (unit, _, _) in COURSES.items()
    )


def figure(name: str, week: int) -> float | None:
    """A figure of a week: it strays from its course, but not at the ends."""
    unit, (first, last), strays = COURSES[name]
    if name == "cache.hit_pct" and 9 <= week <= 11:
        return None
    part = week / (WEEKS - 1)
    value = first + (last - first) * part + strays * math.sin(week * 1.9) * math.sin(math.pi * part)
    return round(value) if unit in COUNTED else round(value, 1)


def entries(now: Grade) -> tuple[Entry, ...]:
    """The grade of each week: it rises, falls once, and rises again."""
    made = []
    for week, at in enumerate(MOMENTS):
        part = week / (WEEKS - 1)
        score = round(58.0 + 13.4 * part - (3.5 if 12 <= week <= 15 else 0) + 0.8 * math.sin(week), 1)
        grade = now if week == WEEKS - 1 else msgspec.structs.replace(now, score=score, letter="C" if score < 65 else "C+")
        made.append(Entry(at, f"{week:040x}", at, grade, False, {}, 2, 3, Scope(), "then"))
    lines = list(now.lines)
    lines[0] = msgspec.structs.replace(lines[0], counted="1 critical, 4 high, 3 medium, 4 low", points=19.9)
    lines[1] = msgspec.structs.replace(lines[1], counted="10.2%", points=11.4)
    lines[2] = msgspec.structs.replace(lines[2], counted="no vulnerable package", points=10.2)
    earlier = msgspec.structs.replace(now, score=69.8, letter="C", lines=tuple(lines))
    made[-2] = msgspec.structs.replace(made[-2], grade=earlier)
    return tuple(made)


def seen() -> tuple[Seen, ...]:
    """The findings of today by when they came, and some that were fixed this week."""
    found = []
    for number, one in enumerate(sample.findings()):
        first = MOMENTS[-1] if number in (1, 4) else MOMENTS[number]
        weight = Weighed(first, one.severity, one.suppressed is None)
        stood = (Stretch(first, MOMENTS[-1]),)
        place = one.location
        found.append(Seen(one.fingerprint, one.rule, one.confidence, place.path, place.line, one.message, stood, (weight,)))
    for number, path in enumerate(("shop/orders/views.py", "shop/basket.py", "shop/admin.py", "shop/mails.py")):
        stood = (Stretch(MOMENTS[3], MOMENTS[-2]),)
        weight = Weighed(MOMENTS[3], Severity.HIGH if number == 0 else Severity.MEDIUM, True)
        message = "an error of the mailer was passed over"
        gone = Seen(f"{number:016x}", "errors/swallowed-exception", found[0].confidence, path, 12, message, stood, (weight,))
        found.append(gone)
    return tuple(found)


def past(now: Grade) -> Past:
    """All of it."""
    return Past(entries(now), series(), seen(), {"then": Conditions("0.1.0")})


def supply() -> Supply:
    """Accepted risks: one ended, one that ends soon, one with time."""
    return Supply(
        accepted=(
            Accepted("GHSA-h5c8-rqwp-cp95", "templates are written by us alone", "2026-11-14", "the platform team"),
            Accepted("GHSA-9wx4-h78v-vm56", "the session is never reused", "2026-12-01", "the payments team"),
            Accepted("PYSEC-2024-110", "the parser is never given outside input", "2027-06-30", "the platform team"),
        ),
        allow_unaudited={"shop-internal": "2026-12-15"},
    )


def changes() -> tuple[Change, ...]:
    """A promise that was walked back."""
    sentence = "“Test coverage” walked back from ≥ 80% to ≥ 67%"
    return (
        Change(Kind.GOAL, "Test coverage", "≥ 80%", "≥ 67%", sentence, file="roadmap.toml", line=31, who="M. Okafor",
               when="2026-11-17", commit="3f2a91c04bd7"),
    )  # fmt: skip


def answers(view: View) -> tuple[ReviewState, ...]:
    """What can be said to the questions of the review after the sprint."""
    slow = view.snapshot.measure("latency.p95_ms")
    figures = (slow,) if slow else ()
    found = (
        Answer("Response time comparison", "declared", figures, "by k6"),
        Answer("Cache health", "no evidence", (), "nothing has measured cache.health"),
    )
    return (ReviewState("After Sprint 2", "Sprint 2", found), ReviewState("After Sprint 1", "Sprint 1"))


def reviewed(root: Path) -> View:
    """The whole made-up audit with its review."""
    view = sample.sample(root)
    assert view.roadmap is not None
    targets = tuple(one.target for one in view.verdict.progress)
    roadmap = msgspec.structs.replace(view.roadmap, targets=targets)
    known = past(view.verdict.grade)
    before, after = known.entries[-2], known.entries[-1]
    steps, note = waterfall(before.grade, view.verdict.grade)
    stands = standpoints(view.verdict.progress, view.roadmap.sprints, known, TODAY)
    states = sprint_states(roadmap, stands, TODAY)
    owners = {("shop/vendor_bridge.py", 88): "A. Lindqvist"}
    held = exemptions(view.snapshot.findings, supply(), owners, TODAY)
    softened = changes()
    review = Review(
        past=known,
        before=before,
        compared=compare(known, before, after),
        since_sprint=compare(known, known.entries[-3], after),
        steps=steps,
        steps_note=note,
        attributions=(
            Attribution("grade.score", 69.8, 71.4, (
                Part(Cause.CODE, 2.8, "4 findings fixed, 2 new"), Part(Cause.ADVISORIES, -1.2, "1 advisory published"),
            )),
        ),
        standpoints=stands,
        sprints=states,
        kept=burnup(roadmap, known),
        changes=softened,
        changes_since="2026-11-13",
        levers=(
            Lever("measure coverage: no coverage report was handed in", "B", 79.4, 8.0),
            Lever("mend 1 finding: error that reaches the client unhandled", "B-", 74.9, 3.5),
            Lever("bring duplication to its best: duplicated lines in percent of lines of code", "B-", 74.1, 2.7),
        ),
        exemptions=held,
        hot_spots=(
            HotSpot("shop/orders/models.py", 31, 118, "Order.settle (31)"),
            HotSpot("shop/payments/gateway.py", 22, 74, "Gateway.charge (17)"),
            HotSpot("shop/orders/views.py", 40, 33, "pay (9)"),
            HotSpot("shop/reports/monthly.py", 6, 41, "totals (12)"),
        ),
        decisions=decisions(view.verdict, stands, states, held, softened),
    )  # fmt: skip
    shot = msgspec.structs.replace(view.snapshot, inputs="8c1f0a53be2d4476")
    said = "auditor report weekly . --send email"
    verdict = msgspec.structs.replace(view.verdict, reviews=answers(view))
    return msgspec.structs.replace(view, snapshot=shot, verdict=verdict, roadmap=roadmap, review=review, command=said)
