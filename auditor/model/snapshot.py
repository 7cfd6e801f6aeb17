"""A snapshot: all that one audit saw and could not see, at one commit and time."""

import msgspec

from auditor.model.finding import Finding
from auditor.model.inventory import Package as Package
from auditor.model.inventory import Use
from auditor.model.measure import Measure
from auditor.model.route import Route


class Skipped(msgspec.Struct, frozen=True, order=True):
    """Something that was not judged, and why.

    `kind` is `unread` for what should have been judged and could not be (it keeps a run from ending green), and
    `left out` for what is told but was never to be judged, such as a link out of the tree.
    """

    path: str
    reason: str
    kind: str = "unread"
    about: str = "code"
    """`evidence` where it would have told what others measured, and `manifest` where it would have told what is asked of
    others, the path then with the line: no file of the project's code is missing in either case.
    """


class Crashed(msgspec.Struct, frozen=True, order=True):
    """A rule that failed on a file: the run went on, but can not end green."""

    rule: str
    path: str
    line: int
    traceback: str


class RuleInfo(msgspec.Struct, frozen=True):
    """What a report may say of a rule without loading it."""

    id: str
    title: str
    why: str
    severity: str
    cwe: tuple[int, ...] = ()
    version: str = "1"


class Source(msgspec.Struct, frozen=True, order=True):
    """A file, an address or a person's word from which figures or findings of others were taken."""

    file: str
    kind: str
    tool: str
    taken_at: str
    """ISO time of the measurement; empty where nobody said it."""
    dated_by: str = "content"
    """`content`, `file` (the file's own time) or `user`."""
    figures: int = 0
    findings: int = 0
    sha256: str = ""
    link: str = ""


class Scope(msgspec.Struct, frozen=True):
    """What was looked at: numbers of files and lines by kind of file."""

    files: dict[str, int] = {}
    lines: dict[str, int] = {}


class Snapshot(msgspec.Struct, frozen=True):
    """The audit's whole answer before anybody judges it. Everything is sorted: two runs give the same bytes."""

    project: str
    commit: str
    taken_at: str
    tool_version: str
    findings: tuple[Finding, ...] = ()
    measures: tuple[Measure, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    crashed: tuple[Crashed, ...] = ()
    rules: tuple[RuleInfo, ...] = ()
    packages: tuple[Package, ...] = ()
    scope: Scope = Scope()
    repository: str = ""
    """The address of the repository (its `origin`, without a password), or empty."""
    switched_off: tuple[str, ...] = ()
    """Ids of the rules that the settings keep from running, sorted: what they would have found is not known."""
    evidence: tuple[Source, ...] = ()
    """Where figures and findings of others came from, sorted."""
    routes: tuple[Route, ...] = ()
    """The ways in, sorted by path and method."""
    uses: tuple[Use, ...] = ()
    """Which files import which outside modules, sorted."""
    reached: tuple[str, ...] | None = None
    """The files on a path from an entry point, sorted; None where nobody looked or no entry point was found."""

    inputs: str = ""
    """Sixteen hex digits made of all bytes that were read: equal for equal input."""

    def measure(self, name: str) -> Measure | None:
        """The project-wide measure of that name, or None where nothing of the kind was attempted."""
        return next((m for m in self.measures if m.name == name and not m.subject), None)
