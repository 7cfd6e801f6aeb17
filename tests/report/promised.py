"""What the made-up shop promised: a target in each state, and the verdict on them."""

from auditor.model.roadmap import Progress, Roadmap, Sprint, State, Target
from auditor.model.verdict import Grade, GradeLine, Verdict


def roadmap() -> Roadmap:
    """Three sprints: one past, one running, one ahead."""
    return Roadmap(
        title="Shop, fourth quarter",
        starts="2026-10-05",
        sprints=(
            Sprint(
                "Sprint 1",
                "2026-10-05",
                "2026-10-23",
                (1, 3),
                "Security",
                "Close what an attacker would try first",
                ("Security TODOs resolved", "Rate limits per tenant"),
            ),
            Sprint(
                "Sprint 2",
                "2026-11-09",
                "2026-11-27",
                (6, 8),
                "Performance",
                "Answer in a fifth of a second",
                ("Response time cut", "Dependency count reduced", "Runbook written"),
            ),
            Sprint(
                "Sprint 3",
                "2026-11-30",
                "2026-12-18",
                (9, 11),
                "Maintainability",
                "Half the copies, half the surprises",
            ),
        ),
        source="ROADMAP.md",
    )


def progress() -> tuple[Progress, ...]:
    """A target in each state."""

    def target(text: str, sprint: str, measure: str, comparator: str, goal: float | None, **more: object) -> Target:
        return Target(text, measure, comparator, goal, sprint=sprint, **more)  # type: ignore[arg-type]

    return (
        Progress(
            target(
                "All security TODO/FIXME comments resolved",
                "Sprint 1",
                "todo.security",
                "<=",
                0,
                baseline=9,
                unit="count",
                claimed=True,
                due="2026-10-16",
                owner="Platform team",
                part="payments",
            ),
            State.CLAIMED,
            1,
            0,
            0.89,
            "claimed done, but 1 is left: shop/payments/gateway.py:16",
        ),
        Progress(
            target(
                "Zero critical/high vulnerabilities",
                "Sprint 1",
                "dependencies.critical_or_high",
                "<=",
                0,
                baseline=2,
                unit="count",
            ),
            State.ON_THE_WAY,
            1,
            0,
            0.5,
            "1 left of 2",
        ),
        Progress(
            target(
                "Per-tenant rate limiting active",
                "Sprint 1",
                "manual",
                "==",
                None,
                evidence="the limiter's settings and a test that gets 429",
            ),
            State.UNKNOWN,
            None,
            None,
            None,
            "needs evidence that a person brings",
        ),
        Progress(
            target(
                "95th percentile response time < 200 ms (currently ~250 ms)",
                "Sprint 2",
                "latency.p95_ms",
                "<",
                200,
                baseline=250,
                unit="ms",
            ),
            State.WORSE,
            262.4,
            200,
            0,
            "worse than the baseline by 12.4 ms",
        ),
        Progress(
            target("Cache hit rate above 70 %", "Sprint 2", "cache.hit_pct", ">", 70, baseline=65, unit="%"),
            State.STALE,
            71.5,
            70,
            1,
            "measured 94 days ago",
        ),
        Progress(
            target(
                "Dependency count reduced from 104 to under 90",
                "Sprint 2",
                "dependencies.count",
                "<",
                90,
                baseline=104,
                unit="packages",
            ),
            State.MET,
            87,
            90,
            1,
            "87 packages",
        ),
        Progress(
            target(
                "Code duplication reduced by 40 %",
                "Sprint 3",
                "duplication.density_pct",
                "<=",
                40,
                baseline=12.5,
                unit="%",
                relative=True,
            ),
            State.ON_THE_WAY,
            9.8,
            7.5,
            0.54,
            "down by 2.7 points of 5",
        ),
        Progress(
            target("Zero data-loss incidents", "", "incident.data_loss", "<=", 0, unit="count"),
            State.UNKNOWN,
            None,
            0,
            None,
            "no figure was handed in",
        ),
    )


def verdict() -> Verdict:
    """A failed gate and a capped grade."""
    grade = Grade(
        letter="C+",
        score=71.4,
        formula="2",
        lines=(
            GradeLine("Findings", "1 critical, 3 high, 1 medium, 2 low", "82 thousand lines", 27.1, 30),
            GradeLine("Duplication", "9.8%", "82,435 lines", 17, 20),
            GradeLine("Dependencies", "1 vulnerable of 86 audited", "87 packages", 13.3, 15, "1 package not audited"),
            GradeLine("Complexity", "12 functions above 15", "3,914 functions", 14, 15),
            GradeLine("Tests", "not measured", "", None, 20, "no coverage report was handed in"),
            GradeLine("API limits", "not applicable", "", None, 0, "no routes were found: the project looks like a library"),
        ),
        caps=("capped at B+: coverage not measured", "capped at B: 1 package not audited"),
    )
    reasons = ("1 critical finding, 0 allowed", "3 high findings, 0 allowed", "grade C+ is below B")
    return Verdict(False, 1, reasons, grade, progress())
