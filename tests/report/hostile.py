"""Text that an audited tree may hold in order to break out of a report, and a view full of it."""

import msgspec
from hypothesis import strategies as st

from auditor.model.change import Attribution, Cause, Lever, Part
from auditor.model.contract import Change, Kind
from auditor.model.finding import Confidence, Finding, Hop, Location, Related, Severity, Suppression, fingerprint
from auditor.model.history import Conditions, Entry, Past, Point, Series
from auditor.model.inventory import Advisory, Package
from auditor.model.measure import Measure, unknown
from auditor.model.outlook import Answer, Feature, Forecast, ReviewState, SprintState, Standpoint
from auditor.model.review import Decision, Exemption, HotSpot, Kept, Review, Size, Standing, Step
from auditor.model.roadmap import Progress, Roadmap, Sprint, State, Target
from auditor.model.route import Entry as LedgerEntry
from auditor.model.route import Ledger, Route
from auditor.model.route import Standing as Measured
from auditor.model.snapshot import Crashed, RuleInfo, Scope, Skipped, Snapshot
from auditor.model.verdict import Grade, GradeLine, Verdict
from auditor.report.excerpt import Excerpt
from auditor.report.view import View, build

TRICKS = (
    "<script>window.hacked=1</script>", "</style><script>window.hacked=1</script>", "<img src=x onerror=hacked=1>",
    "\" onmouseover=\"hacked=1", "' onfocus='hacked=1' autofocus='", "</pre></details></title>", "-->", "]]>", "&lt;b&gt;",
    "{{ 7 * 7 }}", "{% raw %}", "`", "```", "``x``", "|", "\\|", "\\", "*b*", "_i_", "~~s~~", "# h", "- l", "1. n", "> q",
    "[a](javascript:hacked=1)", "![i](http://e.example/p.png)", "http://e.example", "www.e.example", "@octocat", "#12",
    "<!-- c", "$x$", "\n", "\r\n", "\n\n", "\t", "\x00", "\x1b[31m", "\x1b]8;;http://e.example\x07", "\x9b2J", "\x7f", "\u202e",
    "\u2066", "\u200b", "\u2028", "\ufeff", "\U000e0041", "é", "漢字", "🙂", "=", "==", "---", "+", "::", " ",
)  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(TRICKS), st.text(max_size=6)), min_size=1, max_size=5).map("".join)


def filled(text: str) -> View:
    """A view in which everything that may come from outside is `text`."""
    place = Location(text, 1, 1, 2, 3)
    common = Finding(
        "errors/x", Severity.HIGH, Confidence.LOW, place, text, (Hop(place, text), Hop(place, text)), (Related(place, text),),
        fingerprint("errors/x", "x", "x", 0), {text: text},
    )  # fmt: skip
    off = msgspec.structs.replace(common, suppressed=Suppression("comment", text, "2027-01-01"))
    target = Target(text, text, "<=", 1, 2, text, text, category=text, evidence=text)
    shot = Snapshot(
        project=text,
        commit="3f2a91c04bd7",
        taken_at="2026-11-20T16:05:00+00:00",
        tool_version="0.1.0",
        findings=(common, off),
        measures=(
            Measure("a." + text, 1.5, text, source=text, note=text, link=text),
            Measure("a.b", 1, subject=text),
            unknown("c.d", text),
        ),
        skipped=(Skipped(text, text), Skipped(text, text, "left out")),
        crashed=(Crashed("errors/x", text, 3, text),),
        rules=(RuleInfo("errors/x", text, f"why {text}", "high", (79,)),),
        packages=(Package(text, text, False, True, "not audited", text, text, (Advisory(text),), (text,)),),
        scope=Scope({"source": 1}, {"source": 2}),
    )
    grade = Grade("B", 80, "1", (GradeLine(text, text, text, 1, 2, text),), (text,))
    by = Measure(text, 3, text, text, text, note=text, link=text)
    verdict = Verdict(False, 1, (text,), grade, (Progress(target, State.WORSE, 3, 1, 0.5, text, by),))
    roadmap = Roadmap(text, sprints=(Sprint(text, title=text, goal=text, deliverables=(text,)),))
    return build(shot, verdict, roadmap, {(text, 1): Excerpt(1, (text, text))}, 10, text)


def reviewed(text: str) -> View:
    """The view of `filled`, with a review in which everything that may come from outside is `text`."""
    view = filled(text)
    day, grade = "2026-11-13T16:05:00+00:00", view.verdict.grade
    earlier = msgspec.structs.replace(grade, score=70.0)
    entry = Entry(day, text, day, earlier, False, {}, 0, 0, Scope(), "then")
    points = tuple(Point(f"2026-1{month}-01T00:00:00+00:00", text, 3.0 - month, note=text) for month in (0, 1))
    known = Past((entry,), (Series(text, "", text, points, text),), (), {"then": Conditions("1")})
    row = view.verdict.progress[0]
    told = (Feature(text, (text,), "kept"), Feature(text, (), "no evidence"))
    route = Route("GET", text, text, Location(text, 1))
    review = Review(
        past=known,
        before=entry,
        steps=(Step(text, 1, 2, 10.0, text),),
        attributions=(Attribution("grade.score", 70, 80, (Part(Cause.CODE, 10.0, text),), text),),
        standpoints=(Standpoint(row, None, Forecast(4, note=text)),),
        sprints=(SprintState(text, "current", 0.5, 0, 1, told, (text,), "at risk"),),
        kept=(Kept("2026-11-13", 0, 1),),
        changes=(Change(Kind.GOAL, text, text, text, text, text, 1, text, text, text),),
        changes_since=text,
        levers=(Lever(text, "A", 90, 10),),
        exemptions=(Exemption("suppression", text, text, text, "2027-01-01", text, Standing.ACTIVE, 3),),
        hot_spots=(HotSpot(text, 3, 4, text),),
        decisions=(Decision(text, text, Size.SMALL, "gaps"),) * 6,
        ledger=Ledger((LedgerEntry(route, (text,), (Measure("a.b", 1, text),), Measured.CONFIRMED, text),)),
    )
    answers = (Answer(text, "measured", (Measure("a.b", 1, text, source=text),), text), Answer(text, "no evidence", (), text))
    verdict = msgspec.structs.replace(view.verdict, reviews=(ReviewState(text, text, answers), ReviewState(text, "", answers)))
    return msgspec.structs.replace(view, verdict=verdict, review=review)
