"""What became of a promise between two states of roadmap and settings: the ways in which a team walks back from one."""

from enum import StrEnum

import msgspec

from auditor.model.policy import Discover, EvidencePlace, Gate, Rules, Supply
from auditor.model.roadmap import Roadmap


class Contract(msgspec.Struct, frozen=True):
    """All that a team has bound itself to at one commit: the roadmap, and the settings that could soften it."""

    roadmap: Roadmap | None = None
    discover: Discover = Discover()
    rules: Rules = Rules()
    gate: Gate = Gate()
    supply: Supply = Supply()
    evidence: EvidencePlace = EvidencePlace()
    severities: dict[str, str] = {}
    """The rules' own severities by id, from which a setting may turn away."""


class Kind(StrEnum):
    """How a promise was softened."""

    GOAL = "target lowered"
    BASELINE = "baseline moved"
    TARGET = "metric dropped"
    SPRINT = "sprint dropped"
    DATE = "date pushed"
    EXCLUSION = "exclusion widened"
    BOUND = "gate loosened"
    JUDGE = "measure exchanged"

    @property
    def rule(self) -> str:
        """The id of the rule that tells it."""
        return f"contract/{self.value.replace(' ', '-')}"


IDS = frozenset(kind.rule for kind in Kind)
"""The rules of the contract. They compare two states of roadmap and settings, so they stand on no shelf."""


class Change(msgspec.Struct, frozen=True):
    """One softened promise. `who`, `when` (ISO day) and `commit` are empty where git does not know or it is uncommitted."""

    kind: Kind
    subject: str
    was: str
    now: str
    sentence: str
    file: str = ""
    line: int = 1
    who: str = ""
    when: str = ""
    commit: str = ""
    place: tuple[str, int, str] = ("", -1, "")
    """Table, number in it (from 0; -1 where it is one) and key that say so in the later file; empty where nothing does."""

    @property
    def key(self) -> tuple[str, str]:
        """Names the change across commits: what was softened, and how."""
        return (self.kind.value, self.subject)
