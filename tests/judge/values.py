"""Snapshots for the judge's tests, each made in a line or two."""

from collections.abc import Iterable

from auditor.model.finding import Confidence, Finding, Location, Severity, Suppression, fingerprint
from auditor.model.inventory import Package
from auditor.model.measure import Basis, Measure
from auditor.model.snapshot import Crashed, Scope, Skipped, Snapshot

GOOD: dict[str, float] = {
    "size.code_lines": 10_000,
    "size.functions": 500,
    "errors.broad_handlers": 0,
    "errors.generic_raises": 0,
    "errors.lost_causes": 0,
    "errors.lost_tasks": 0,
    "errors.swallowed": 0,
    "errors.unchecked_results": 0,
    "errors.entry_points": 140,
    "api.handlers": 140,
    "api.public_handlers": 90,
    "database.n_plus_one": 0,
    "database.queries": 400,
    "database.queries_without_timeout": 0,
    "database.unpooled_engines": 0,
    "resilience.critical_models": 8,
    "resilience.outside_calls": 20,
    "resilience.outside_services": 6,
    "resilience.signals": 16,
    "todo.security": 0,
    "duplication.density_pct": 0,
    "complexity.functions_over_10": 0,
    "maintainability.average": 85,
    "dependencies.critical": 0,
    "dependencies.high": 0,
    "dependencies.total": 60,
    "coverage.line_pct": 100,
}
"""Every measure that the grade needs, at its best."""


def finding(
    rule: str = "errors/broad-except",
    severity: str = "medium",
    confidence: str = "high",
    line: int = 1,
    path: str = "shop/pay.py",
    **facts: str,
) -> Finding:
    """A finding that counts; its fingerprint depends on rule, path and line."""
    place = Location(path, line)
    print_ = fingerprint(rule, path, f"line {line}", 0)
    return Finding(rule, Severity(severity), Confidence(confidence), place, "says why", fingerprint=print_, facts=facts)


def suppressed(kind: str = "comment") -> Suppression:
    """A reason why a finding does not count for the gate."""
    return Suppression(kind, "the vendor's SDK raises anything")


def measures(**changed: float | None) -> tuple[Measure, ...]:
    """All measures of GOOD, some changed: `duplication__density_pct=7`; None makes one unknown."""
    values: dict[str, float | None] = {**GOOD, **{name.replace("__", "."): value for name, value in changed.items()}}
    return tuple(Measure(name, value, note="" if value is not None else "why not") for name, value in sorted(values.items()))


def without(*names: str) -> tuple[Measure, ...]:
    """All measures of GOOD, but that the project has nothing of what the named ones count."""
    gone = tuple(Measure(name, None, basis=Basis.ABSENT, note=f"no {name}") for name in names)
    return (*(one for one in measures() if one.name not in names), *gone)


def snapshot(
    findings: Iterable[Finding] = (),
    figures: tuple[Measure, ...] | None = None,
    skipped: tuple[Skipped, ...] = (),
    crashed: tuple[Crashed, ...] = (),
    packages: tuple[Package, ...] = (),
    files: dict[str, int] | None = None,
    switched_off: tuple[str, ...] = (),
) -> Snapshot:
    """A snapshot of a hundred source files of ten thousand lines, flawless but for what is given."""
    return Snapshot(
        "shop", "abc1234", "2026-11-24T10:00:00Z", "1.0",
        findings=tuple(findings), measures=measures() if figures is None else figures, skipped=skipped, crashed=crashed,
        packages=packages, scope=Scope(files={"source": 100} if files is None else files), switched_off=switched_off,
    )  # fmt: skip
