"""Made-up audits for the tests of reports: always the same, with every kind of thing that a report can show."""

from pathlib import Path

import msgspec

from auditor.model.finding import Finding
from auditor.model.inventory import Advisory, Package
from auditor.model.measure import Basis, Measure, unknown
from auditor.model.snapshot import Crashed, Scope, Skipped, Snapshot
from auditor.model.verdict import Grade, GradeLine, Verdict
from auditor.report.excerpt import read
from auditor.report.view import View, build
from tests.report.found import RULES, findings, many
from tests.report.promised import roadmap, verdict
from tests.report.tree import TREE

__all__ = ["clean", "empty", "findings", "many", "sample", "snapshot", "verdict"]


def measures() -> tuple[Measure, ...]:
    """Known, unknown, declared and stale ones, of the project and of places in it."""
    return (
        Measure("complexity.average", 3.42, "count", source="radon"),
        *(
            Measure("complexity.function", 31 - n * 2, "count", f"shop/orders/models.py:Order.step_{n}", "radon")
            for n in range(12)
        ),
        Measure(
            "cache.hit_pct",
            71.5,
            "%",
            source="prometheus",
            basis=Basis.STALE,
            note="94 days old",
            taken_at="2026-08-22T08:00:00+00:00",
        ),
        unknown("coverage.line_pct", "no coverage report was handed in", "%"),
        Measure("dependencies.count", 87, "packages"),
        Measure("duplication.density_pct", 9.8, "%"),
        Measure("duplication.removable_lines", 1204, "lines"),
        Measure("latency.p95_ms", 262.4, "ms", source="k6", basis=Basis.DECLARED, link="https://ci.example.com/runs/812"),
        Measure("size.lines", 82435, "lines"),
        Measure("todo.count", 118, "count"),
        Measure("todo.security", 1, "count"),
    )


def judged(shot: Snapshot) -> Verdict:
    """The verdict, with every promise beside its figure."""
    told = verdict()
    rows = tuple(msgspec.structs.replace(row, by=shot.measure(row.target.measure)) for row in told.progress)
    return msgspec.structs.replace(told, progress=rows)


HOLE = Advisory("GHSA-h5c8-rqwp-cp95", ("CVE-2024-22195",), "attributes of the filter xmlattr", "medium", 5.4, fixed=("3.1.3",))


def packages() -> tuple[Package, ...]:
    """Clean, vulnerable and not audited ones."""
    return (
        Package("flask", "3.1.0", True, True, "clean", manifest="requirements.txt"),
        Package("jinja2", "3.1.2", False, True, "vulnerable", "", "requirements.txt", (HOLE,), ("flask",)),
        Package("pytest", "8.3.4", True, False, "clean", manifest="requirements-dev.txt"),
        Package("shop-internal", "", True, True, "not audited", "no version is pinned", "requirements.txt"),
    )


def snapshot(found: tuple[Finding, ...] | None = None) -> Snapshot:
    """The whole made-up audit, with other findings where they are given."""
    return Snapshot(
        project="shop",
        commit="3f2a91c04bd7",
        taken_at="2026-11-20T16:05:00+00:00",
        tool_version="0.1.0",
        findings=findings() if found is None else found,
        measures=measures(),
        skipped=(
            Skipped("shop/legacy/dump.py", "is not valid utf-8"),
            Skipped("shop/legacy/fixtures.py", "larger than 2048 KiB (setting discover.max_file_kib)"),
            Skipped("shop/static", "a link out of the tree", "left out"),
        ),
        crashed=(
            Crashed(
                "duplication/controller-pattern",
                "shop/admin.py",
                12,
                "Traceback (most recent call last):\n  …\nKeyError: 'x'",
            ),
        ),
        rules=RULES,
        packages=packages(),
        scope=Scope({"source": 812, "test": 240}, {"source": 82435, "test": 30112}),
    )


def sample(root: Path, found: tuple[Finding, ...] | None = None) -> View:
    """A view of it, with excerpts from the sample tree written below `root`."""
    for path, body in TREE.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(body, encoding="utf-8")
    (root / "requirements.txt").write_text("flask==3.1.0\nshop-internal\njinja2==3.1.2\n", encoding="utf-8")
    shot = snapshot(found)
    return build(shot, judged(shot), roadmap(), read(root, shot.findings), 4210, "auditor audit . --format html")


def empty() -> View:
    """An audit that found nothing to judge."""
    bare = Snapshot("bare", "", "2026-11-20T16:05:00+00:00", "0.1.0")
    return build(bare, Verdict(None, 3, ("nothing to judge: no Python file was found",), Grade("-", None, "1")))


def clean() -> View:
    """A small audit in which all is well."""
    shot = Snapshot(
        "tidy",
        "9d1c2b3a4f5e",
        "2026-11-20T16:05:00+00:00",
        "0.1.0",
        measures=(Measure("size.lines", 1200, "lines"),),
        rules=RULES,
        scope=Scope({"source": 14}, {"source": 1200}),
    )
    grade = Grade("A", 95, "2", (GradeLine("Findings", "none", "1 thousand lines", 95, 100),))
    kept = ("0 critical findings, at most 0 allowed", "0 high findings, at most 0 allowed")
    return build(shot, Verdict(True, 0, (), grade, kept=kept))
