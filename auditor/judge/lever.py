"""Which single change would raise the grade most: the formula worked out anew with one thing mended at a time."""

from collections.abc import Iterator

import msgspec

from auditor.judge.grade import grade
from auditor.judge.lines import LINES, line_of
from auditor.judge.scale import letters, plural
from auditor.judge.weigh import counts
from auditor.model.change import Lever
from auditor.model.measure import Basis, Measure
from auditor.model.snapshot import Snapshot

LEAST_GAIN = 0.05
"""Points of 100 below which a change is no lever, unless it lifts a cap."""


def levers(snapshot: Snapshot, most: int = 3) -> tuple[Lever, ...]:
    """The changes that raise the grade most, the best first: by the letter they bring, then by points.

    Each is one decision: all findings of one rule, one figure brought to its best, one gap in the measuring closed, with
    everything else as it is. Empty where there is no grade, or nothing to mend.
    """
    now = grade(snapshot)
    if now.score is None:
        return ()
    order = letters()
    found = []
    for text, mended in _mended(snapshot):
        then = grade(mended)
        if then.score is None:
            continue
        better = order.index(then.letter) < order.index(now.letter)
        if better or then.score - now.score > LEAST_GAIN:
            found.append(Lever(text, then.letter, then.score, round(then.score - now.score, 1)))
    return tuple(sorted(found, key=lambda one: (order.index(one.letter), -one.score, one.text))[:most])


def _mended(snapshot: Snapshot) -> Iterator[tuple[str, Snapshot]]:
    yield from _rules(snapshot)
    yield from _figures(snapshot)
    yield from _gaps(snapshot)


def _rules(snapshot: Snapshot) -> Iterator[tuple[str, Snapshot]]:
    titles = {rule.id: rule.title for rule in snapshot.rules}
    for rule in sorted({finding.rule for finding in snapshot.findings if counts(finding)}):
        rest = tuple(finding for finding in snapshot.findings if finding.rule != rule)
        gone = plural(len(snapshot.findings) - len(rest), "finding")
        yield f"mend {gone}: {titles.get(rule, rule)}", msgspec.structs.replace(snapshot, findings=rest)


def _figures(snapshot: Snapshot) -> Iterator[tuple[str, Snapshot]]:
    """Lines that go by one figure, brought to what earns them everything."""
    for line in LINES:
        names = [name for name in line.needs if name in BEST]
        known = [name for name in names if (one := snapshot.measure(name)) is not None and one.value is not None]
        if names and len(known) == len(names):
            yield f"bring {line.name} to its best: {line.figure}", _with(snapshot, {name: BEST[name] for name in names})


def _gaps(snapshot: Snapshot) -> Iterator[tuple[str, Snapshot]]:
    """Lines that were not measured, as if they were half as good as they could be: what they hold is not known."""
    for row in grade(snapshot).lines:
        line = next(one for one in LINES if one.name == row.name)
        if row.points is None and row.applies and line.needs:
            middle = {name: MIDDLE.get(name, 0.0) for name in line.needs}
            whole = tuple(rule for rule in snapshot.switched_off if line_of(rule) is not line)
            seen = _audited(snapshot) if "dependencies.critical" in middle else snapshot
            mended = msgspec.structs.replace(_with(seen, middle), switched_off=whole)
            yield f"measure {line.name}: {row.counted}" + (f" ({row.note})" if row.note else ""), mended
    unaudited = [package for package in snapshot.packages if package.state == "not audited"]
    if unaudited:
        yield f"get {plural(len(unaudited), 'package')} audited that nobody looked at", _audited(snapshot)
    if snapshot.skipped:
        text = f"make {plural(len({one.path for one in snapshot.skipped}), 'file')} readable that could not be judged"
        yield text, msgspec.structs.replace(snapshot, skipped=())


BEST = {
    "duplication.density_pct": 0.0,
    "complexity.functions_over_10": 0.0,
    "maintainability.average": 100.0,
    "dependencies.critical": 0.0,
    "dependencies.high": 0.0,
    "coverage.line_pct": 100.0,
}
"""Figures of lines that weigh no findings of our own rules, at their best."""
MIDDLE = {
    "coverage.line_pct": 60.0, "maintainability.average": 50.0, "duplication.density_pct": 10.0, "dependencies.high": 1.0,
}  # fmt: skip
"""Figures of lines that nobody measured, neither good nor bad; all others at nothing found."""


def _audited(snapshot: Snapshot) -> Snapshot:
    """As if every package that nobody looked at were clean."""
    states = {"not audited": "clean"}
    packages = tuple(msgspec.structs.replace(one, state=states.get(one.state, one.state)) for one in snapshot.packages)
    return msgspec.structs.replace(snapshot, packages=packages)


def _with(snapshot: Snapshot, values: dict[str, float]) -> Snapshot:
    kept = tuple(one for one in snapshot.measures if one.subject or one.name not in values)
    units = {one.name: one.unit for one in snapshot.measures}
    new = tuple(Measure(name, value, units.get(name, ""), basis=Basis.MEASURED) for name, value in values.items())
    packages = snapshot.packages
    if "dependencies.critical" in values:
        packages = tuple(msgspec.structs.replace(one, state="clean") if one.state == "vulnerable" else one for one in packages)
        kept = tuple(one for one in kept if one.name != "dependencies.unknown")
    return msgspec.structs.replace(snapshot, measures=(*kept, *new), packages=packages)
