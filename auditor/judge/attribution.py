"""Why figures moved between two snapshots: code, rules or tool, advisories, scope, evidence, each kept apart from the others.

What two causes brought about together is not shared out between them: it stands as `not separable`, with the reason.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from auditor.judge.pace import OWN
from auditor.model.change import Attribution, Cause, Part
from auditor.model.history import Change, Comparison, Conditions, Past, Seen, Series

STILL = 1e-9
ORDER = tuple(Cause)
VULNERABLE = "dependencies/vulnerable"
ADVISED = ("dependencies.critical", "dependencies.high", "dependencies.critical_or_high", "dependencies.vulnerable")


class Both(msgspec.Struct, frozen=True):
    """What differs between the two snapshots besides the code."""

    before: Conditions
    after: Conditions
    same_code: bool

    @property
    def same_scope(self) -> bool:
        """Whether the same files are looked at, and the same rules wanted there."""
        choice = self.before.choice.path_ignores == self.after.choice.path_ignores
        return self.before.discover == self.after.discover and choice

    def same_rule(self, rule: str) -> bool:
        """Whether a rule is the same in both; one of the dependency audit or of the contract has no digest."""
        return self.before.rules.get(rule) == self.after.rules.get(rule) and self.before.tool_version == self.after.tool_version


def attributions(past: Past, compared: Comparison) -> tuple[Attribution, ...]:
    """Every project-wide measure that differs, by name. Parts sum to the move; where a side is unknown there are none."""
    both = both_of(past, compared)
    found = []
    for change in compared.changes:
        if not change.subject:
            series = past.one(change.measure)
            found.append(attribute(change, series, compared, both))
    return tuple(found)


def both_of(past: Past, compared: Comparison) -> Both:
    """The conditions of the two sides."""
    before, after = compared.before, compared.after
    same = bool(before.commit) and before.commit == after.commit and not (before.dirty or after.dirty)
    return Both(past.conditions[before.conditions], past.conditions[after.conditions], same)


def attribute(change: Change, series: Series | None, compared: Comparison, both: Both) -> Attribution:
    """One figure's move."""
    was = change.before.value if change.before else None
    now = change.after.value if change.after else None
    if was is None or now is None:
        side = "before" if was is None else "now"
        return Attribution(change.measure, was, now, (), f"not known {side}, so nothing can be said of its move")
    moved = now - was
    source = series.source if series is not None else ""
    if abs(moved) <= STILL:
        return Attribution(change.measure, was, now)
    if change.measure in ADVISED:
        parts = _advised(change.measure, moved, compared, both)
    elif "/" in source and source.partition("/")[0].islower():
        parts = _counted(source, moved, compared, both)
    elif source in ("", OWN):
        parts = (whole(moved, both),)
    else:
        parts = (Part(Cause.EVIDENCE, moved, f"measured anew by {source}"),)
    return Attribution(change.measure, was, now, parts)


def whole(moved: float, both: Both) -> Part:
    """The move of a figure that has no findings to tell by: one cause if only one thing differs."""
    tool = both.before.tool_version != both.after.tool_version
    differs = [("the tool", Cause.RULES)] * tool + [("what is looked at", Cause.SCOPE)] * (not both.same_scope)
    differs += [("the code", Cause.CODE)] * (not both.same_code)
    if len(differs) == 1:
        return Part(differs[0][1], moved, f"only {differs[0][0]} differs")
    if not differs:
        return Part(Cause.OPEN, moved, "nothing that is known differs")
    return Part(Cause.OPEN, moved, f"{', '.join(name for name, _ in differs[:-1])} and {differs[-1][0]} differ")


def _counted(rule: str, moved: float, compared: Comparison, both: Both) -> tuple[Part, ...]:
    """The move of a rule's number of findings: each that came or went has its own cause."""
    amounts: Counter[Cause] = Counter()
    notes: dict[Cause, Counter[str]] = {}
    for finding, sign, word in moves(compared):
        if finding.rule == rule and finding.confidence.value != "low":
            cause = cause_of(finding, word, both)
            amounts[cause] += sign
            notes.setdefault(cause, Counter())[word] += 1
    return _rounded(moved, amounts, notes, lambda rest: whole(rest, both))


def moves(compared: Comparison) -> Iterator[tuple[Seen, int, str]]:
    """Every finding that counts on one side alone, with the sign of its change and a word for it."""
    groups: tuple[tuple[tuple[Seen, ...], int, str], ...] = (
        (compared.new, 1, "new"), (compared.returned, 1, "returned"), (compared.resumed, 1, "counted again"),
        (compared.fixed, -1, "gone"), (compared.silenced, -1, "suppressed"),
    )  # fmt: skip
    yield from ((finding, sign, word) for group, sign, word in groups for finding in group)


def cause_of(finding: Seen, word: str, both: Both) -> Cause:
    """Why one finding came or went. A suppression is a decision on what counts: scope, whoever wrote it."""
    if word in ("suppressed", "counted again"):
        return Cause.SCOPE
    if finding.rule == VULNERABLE:
        return _advisory(finding, both)
    if not both.same_rule(finding.rule):
        if not both.same_scope and _left_out(finding.path, both):
            return Cause.SCOPE
        return Cause.RULES if both.same_code else Cause.OPEN
    if not both.same_scope:
        if both.same_code or _left_out(finding.path, both):
            return Cause.SCOPE
        return Cause.CODE if both.before.discover.kinds == both.after.discover.kinds else Cause.OPEN
    return Cause.CODE if not both.same_code else Cause.OPEN


def _left_out(path: str, both: Both) -> bool:
    """Whether a path is looked at on one side only."""
    from pathspec import GitIgnoreSpec

    sides = [GitIgnoreSpec.from_lines(made.discover.exclude).match_file(path) for made in (both.before, both.after)]
    return sides[0] != sides[1]


def _advisory(finding: Seen, both: Both) -> Cause:
    """A package of the same version on both sides was found out, or cleared, by an advisory; another version is the code's."""
    name = finding.facts.get("package", "")
    was, now = both.before.packages.get(name), both.after.packages.get(name)
    if not name or was is None or was != now:
        return Cause.CODE
    return Cause.ADVISORIES if both.same_rule(VULNERABLE) else Cause.OPEN


def _advised(measure: str, moved: float, compared: Comparison, both: Both) -> tuple[Part, ...]:
    """Numbers of vulnerable packages: those of one version on both sides are the advisories' doing, the rest the code's."""
    wanted = {"dependencies.critical": ("critical",), "dependencies.high": ("high",),
              "dependencies.critical_or_high": ("critical", "high")}.get(measure)  # fmt: skip
    amounts: Counter[Cause] = Counter()
    notes: dict[Cause, Counter[str]] = {}
    sides = (_packages(compared, before=True), _packages(compared, before=False))
    for name in sorted({*sides[0], *sides[1]}):
        early, late = sides[0].get(name), sides[1].get(name)
        counted = [one is not None and (wanted is None or one.severity.value in wanted) for one in (early, late)]
        if counted[0] == counted[1]:
            continue
        one = late or early
        cause = _advisory(one, both) if one is not None else Cause.OPEN
        amounts[cause] += 1 if counted[1] else -1
        notes.setdefault(cause, Counter())["package"] += 1
    return _rounded(moved, amounts, notes, lambda rest: whole(rest, both))


def _packages(compared: Comparison, before: bool) -> dict[str, Seen]:
    """The gravest finding of each vulnerable package on one side."""
    gone = (compared.fixed, compared.silenced) if before else (compared.new, compared.returned, compared.resumed)
    found: dict[str, Seen] = {}
    for one in (*compared.open, *(finding for group in gone for finding in group)):
        name = one.facts.get("package", "")
        if one.rule == VULNERABLE and (name not in found or one.severity.rank < found[name].severity.rank):
            found[name] = one
    return found


def _rounded(
    moved: float, amounts: Mapping[Cause, int], notes: Mapping[Cause, Counter[str]], rest: Callable[[float], Part]
) -> tuple[Part, ...]:
    """The parts in a fixed order. What the findings do not account for is one more part, so that all sum to the move."""
    parts = [Part(cause, float(amounts[cause]), _words(notes[cause])) for cause in ORDER if amounts.get(cause)]
    left = moved - sum(part.amount for part in parts)
    if abs(left) > STILL:
        parts.append(msgspec.structs.replace(rest(left), cause=Cause.OPEN, note="no finding accounts for it"))
    return merged(parts)


def _words(counts: Counter[str]) -> str:
    return ", ".join(f"{count:,} {word}" for word, count in sorted(counts.items()))


def merged(parts: Iterable[Part]) -> tuple[Part, ...]:
    """One part a cause, in the order of causes, its notes by their weight; those that came to nothing are left out."""
    found: dict[Cause, Part] = {}
    for part in sorted(parts, key=lambda one: -abs(one.amount)):
        old = found.get(part.cause)
        note = "; ".join(dict.fromkeys(filter(None, (old.note if old else "", part.note))))
        found[part.cause] = Part(part.cause, round((old.amount if old else 0.0) + part.amount, 9), note)
    return tuple(found[cause] for cause in ORDER if cause in found and abs(found[cause].amount) > STILL)
