"""Which rules run: what the settings leave to run, narrowed by what the command line names for one run."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
import msgspec

from auditor.model.policy import Gate, Rules
from auditor.model.roadmap import Roadmap
from auditor.model.verdict import Grade, Verdict
from auditor.settings import Settings

if TYPE_CHECKING:
    from auditor.packs.rules import Place


class Choice(msgspec.Struct, frozen=True):
    """Rules and packs named on the command line: `select` stands in for the settings' own, `ignore` adds to it."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.select or self.ignore)

    def over(self, settings: Settings) -> Settings:
        """The settings as they count for this run."""
        if not self:
            return settings
        own = settings.rules
        named = msgspec.structs.replace(own, select=self.select or own.select, ignore=(*own.ignore, *self.ignore))
        return msgspec.structs.replace(settings, rules=named)

    def bounds(self, gate: Gate) -> Gate:
        """The gate's bounds that some rules alone can keep or break: all but the least grade."""
        return msgspec.structs.replace(gate, min_grade="") if self else gate

    def ungraded(self, verdict: Verdict, gate: Gate) -> Verdict:
        """The verdict without a grade, where some rules alone were asked; where the gate asks for one it can not pass."""
        if not self or verdict.grade.score is None:
            return verdict
        from auditor.judge.scale import FORMULA

        verdict = msgspec.structs.replace(verdict, grade=Grade("-", None, FORMULA, caps=("some rules alone earn no grade",)))
        if not gate.min_grade:
            return verdict
        reasons = (*verdict.reasons, f"grade {gate.min_grade} is asked for, and some rules alone earn none")
        passed, code = (verdict.passed, verdict.exit_code) if verdict.exit_code else (None, 3)
        return msgspec.structs.replace(verdict, passed=passed, exit_code=code, reasons=reasons)

    def check(self, rules: "tuple[Place, ...]") -> None:
        """Raises click.UsageError, with all mistakes together, where a name is no rule and no pack."""
        if not self:
            return
        from auditor.settings.sense import rules as mistakes

        wrong = [*mistakes(Rules(select=self.select, ignore=self.ignore), frozenset(place.id for place in rules))]
        if wrong:
            raise click.UsageError("\n".join(f"--{one.place[-1]}: {one.what}; {one.hint}" for one in wrong))


EVERYTHING = Choice()


def chosen(rules: "tuple[Place, ...]", settings: Settings) -> "tuple[Place, ...]":
    """The rules that the settings leave to run."""
    return tuple(place for place in rules if runs(place.id, settings))


def runs(rule: str, settings: Settings) -> bool:
    """Whether the settings leave a rule to run."""
    names = {rule, rule.partition("/")[0]}
    select, ignore = settings.rules.select, settings.rules.ignore
    return (not select or not names.isdisjoint(select)) and names.isdisjoint(ignore)


def promised_measures(settings: Settings, promised: Roadmap | None) -> frozenset[str]:
    """The names of measures that the gate, the roadmap's targets and its reviews speak of; some end with `*`."""
    if promised is None:
        return frozenset(settings.gate.measures)
    questions = [question for review in promised.reviews for question in review.questions]
    asked = [name for question in questions for name in question.measures]
    return frozenset((*settings.gate.measures, *(target.measure for target in promised.targets), *asked))


def parted(names: Sequence[str]) -> tuple[str, ...]:
    """Names that came one at a time or with commas between them."""
    return tuple(word for name in names for part in name.split(",") if (word := part.strip()))
