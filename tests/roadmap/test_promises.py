"""One sentence, one promise: figures, comparators, units and the measure it is bound to."""

import pytest

from auditor.model.roadmap import MANUAL
from auditor.roadmap.gather.candidate import Candidate, Strength
from auditor.roadmap.gather.pieces import read_candidate
from auditor.roadmap.markdown import read_markdown

CASES = [
    ("Keep test coverage at or above 85 %", ">=", 85, None, "%", "coverage.line_pct"),
    ("Increase branch coverage by 10 points (currently 48%)", ">=", 58, 48, "%", "coverage.branch_pct"),
    ("p99 latency 1.5 s → 800 ms", "<=", 800, 1500, "ms", "http.p99_ms"),
    ("p95 latency 150-200 ms", "<=", 200, None, "ms", "http.p95_ms"),
    ("Test coverage between 80 and 90 %", ">=", 80, None, "%", "coverage.line_pct"),
    ("p95 below 300 ms (no retries counted)", "<", 300, None, "ms", "http.p95_ms"),
    ("p95: 0.25s at most (now 400ms)", "<=", 0.25, 0.4, "s", "http.p95_ms"),
    ("Lines of code: 82,435 → 75k", "<=", 75_000, 82_435, "lines", "size.code_lines"),
    ("No endpoint without rate limiting", ">=", 100, None, "%", "api.limited_pct"),
    ("No function with complexity above 15", "<=", 15, None, "count", "complexity.max"),
    ("No module below 70 % test coverage", ">=", 70, None, "%", "coverage.line_pct"),
    ("100 % of security TODOs resolved", "==", 0, None, "count", "todo.security"),
    ("Swallowed exceptions: 23 -> 0", "==", 0, 23, "count", "errors.swallowed"),
    ("API error rate no more than 0.1 % at 500 rps", "<=", 0.1, None, "%", "http.error_rate_pct"),
    ("Cache hit rate 72 percent today, at least 90 percent", ">=", 90, 72, "%", "cache.hit_rate_pct"),
    ("Bundle size from 1.2 MB to 800 KB", "<=", 800, 1200, "KB", MANUAL),
    ("Page load time < 2s", "<", 2, None, "s", MANUAL),
    ("Type coverage of 90 %", ">=", 90, None, "%", MANUAL),
    ("Mean time to recovery from 4 hours to 45 minutes", "<=", 45, 240, "min", MANUAL),
    ("Error budget: 0,5 % error rate", "<=", 0.5, None, "%", "http.error_rate_pct"),
    ("Test runtime halved to 6 minutes", "<=", 6, None, "min", MANUAL),
    ("Throughput doubles to 5,000 rows a second", ">=", 5000, None, "count", MANUAL),
    ("Coverage must not drop below its present 71 %", ">=", 71, None, "%", "coverage.line_pct"),
    ("Code coverage 10 points above today's 62 %", ">=", 72, 62, "%", "coverage.line_pct"),
    ("At least nine in ten outbound calls have a timeout", ">=", 90, None, "%", "resilience.timeout_pct"),
    ("The seven outside services each have a circuit breaker", ">=", 100, None, "%", "resilience.breaker_pct"),
    ("Breakers on 7 services", ">=", 7, None, "count", MANUAL),
    ("Nobody has to look at more than 40 open Sentry issues (185 now)", "<=", 40, 185, "count", "sentry.unresolved"),
    ("Nothing in the code is more complex than 15", "<=", 15, None, "count", "complexity.max"),
    ("Rebuilds take two hours instead of five, and 70 % of reads come from the cache", ">=", 70, None, "%", "cache.hit_rate_pct"),
    ("No route answers an unhandled error", ">=", 100, None, "%", "errors.handled_paths_pct"),
    ("Fewer than 80 dependencies by Sprint 3", "<", 80, None, "count", "dependencies.count"),
    ("Medium-severity vulnerabilities go from 30 to 15 or fewer", "<=", 15, 30, "count", "dependencies.medium"),
    ("Consistently named columns: 95 % or more", ">=", 95, None, "%", "database.naming_pct"),
    ("Failing tests: 0", "==", 0, None, "count", "tests.failed"),
    ("Resolve the N+1 queries of the basket, all of them", "==", 0, None, "count", "database.n_plus_one"),
    ("Handle all swallowed exceptions, 23 at the latest count", "==", 0, 23, "count", "errors.swallowed"),
    ("The night crew fixes the remaining 6 high vulnerabilities", "==", 0, 6, "count", "dependencies.high"),
]
RELATIVE = [
    ("Code duplication reduced by 40%", "<=", 40, None, "%", "duplication.density_pct"),
    ("Two thirds of the duplicated code is gone (10.5 % now)", "<=", 66.67, 10.5, "%", "duplication.density_pct"),
    ("Half of the 44 broad handlers are gone", "<=", 50, 44, "%", "errors.broad_handlers"),
    ("Cut duplicated code in half", "<=", 50, None, "%", "duplication.density_pct"),
    ("90% of security TODOs resolved", "<=", 90, None, "%", "todo.security"),
    ("Reduce p95 by at least 25 % compared to a baseline of 380 ms", "<=", 25, 380, "%", "http.p95_ms"),
    ("Double the deployment frequency", ">=", 100, None, "%", MANUAL),
    ("3x faster p95", "<=", 66.67, None, "%", "http.p95_ms"),
    ("Coverage +10pp", ">=", 10, None, "points", "coverage.line_pct"),
    ("Remove 30 unused dependencies", "<=", 30, None, "count", "dependencies.unused"),
]


def _one(text: str) -> tuple[str, float | None, float | None, str, str, bool]:
    (found,) = read_candidate(Candidate(text, 1, Strength.METRIC))
    target = found.target
    return (target.comparator, target.goal, target.baseline, target.unit, target.measure, target.relative)


@pytest.mark.parametrize(("text", "comparator", "goal", "baseline", "unit", "measure"), CASES)
def test_a_sentence_gives_its_comparator_goal_baseline_unit_and_measure(
    text: str, comparator: str, goal: float, baseline: float | None, unit: str, measure: str
) -> None:
    assert _one(text) == (comparator, goal, baseline, unit, measure, False)


@pytest.mark.parametrize(("text", "comparator", "goal", "baseline", "unit", "measure"), RELATIVE)
def test_a_change_is_relative_to_its_baseline(
    text: str, comparator: str, goal: float, baseline: float | None, unit: str, measure: str
) -> None:
    assert _one(text) == (comparator, goal, baseline, unit, measure, True)


def test_two_measures_in_one_sentence_are_two_promises() -> None:
    found = read_candidate(Candidate("p95 < 200 ms and coverage of at least 80 %", 1, Strength.METRIC))
    assert [(one.target.measure, one.target.goal) for one in found] == [("http.p95_ms", 200), ("coverage.line_pct", 80)]


def test_a_task_with_a_version_number_is_no_promise() -> None:
    assert read_candidate(Candidate("Upgrade from Django 4.2 to 5.2", 1, Strength.WORK)) == ()


def test_a_promise_that_no_tool_measures_says_what_would_satisfy_it() -> None:
    (found,) = read_candidate(Candidate("Zero data loss incidents", 1, Strength.METRIC))
    assert found.target.measure == MANUAL
    assert found.target.evidence == "a link to the incident log of the period, with a count"


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("MTTR from 95 min to 30 min", "incident or alerting tool"),
        ("Flaky tests: 34 → 5", "test runs of the main branch"),
        ("Open bugs: 120 → 80", "tracker's list"),
        ("Dead code: 15,000 lines removed", "changes that did it"),
        ("Restart of a worker takes < 15 s", "dashboard or load-test report"),
        ("Customer satisfaction: 3.9 → 4.3", "survey"),
    ],
)
def test_a_manual_promise_says_which_tool_would_show_it(text: str, needs: str) -> None:
    (found,) = read_candidate(Candidate(text, 1, Strength.METRIC))
    assert found.target.measure == MANUAL
    assert needs in found.target.evidence


@pytest.mark.parametrize(
    "text",
    [
        "We found 4 duplicate hierarchies and 62 places that raise a bare `Exception`.",
        "A small API serves the reports. Roughly 14,000 lines of Python, two databases.",
        "The team owns 12 services and about 80,000 lines of code.",
        "The reviewers saw 17 N+1 queries in the hot paths.",
        "An availability of 99.9 % allows 43 minutes of downtime a month.",
        "A service mesh would give us timeouts for free, but costs about 12 % CPU.",
    ],
)
def test_running_text_that_tells_what_there_is_promises_nothing(text: str) -> None:
    assert read_markdown(f"# Reports\n\n## Context\n\n{text}\n", "plan.md").targets == ()


@pytest.mark.parametrize(
    "text",
    [
        "We will have 14 endpoints without a limit at most.",
        "Fewer than 10 of the 31 broad handlers that we found remain.",
        "90 % of the external services have a breaker by May.",
    ],
)
def test_running_text_with_a_bound_or_a_wish_promises(text: str) -> None:
    assert len(read_markdown(f"# Reports\n\n## Context\n\n{text}\n", "plan.md").targets) == 1


def test_an_item_that_says_it_is_an_action_is_a_promise_whatever_about() -> None:
    action = "Action: Orsolya writes a guideline until 18 Dec 2026"
    page = f"# Sync\n\n**Present:** Orsolya, Bo\n\n## Errors\n\n- {action}\n- Orsolya showed the report\n"
    (target,) = read_markdown(page, "plan.md").targets
    assert (target.measure, target.owner, target.due) == (MANUAL, "Orsolya", "2026-12-18")
