"""What a rule is: its words for people, its examples, and one `check`. Rules hold no state and read no files."""

import inspect
import types
import typing
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from auditor.facts.values import FileFacts
from auditor.model.finding import Confidence, Finding, Hop, Location, Related, Severity
from auditor.model.inventory import Inventory
from auditor.paths.project import Project

if TYPE_CHECKING:
    import libcst as cst

    from auditor.facts.region import Region

    N = TypeVar("N", bound=cst.CSTNode)
else:
    N = TypeVar("N")


class Rule:
    """The part that all kinds of rules share. The id is the file's place and is set by the loader, never by hand."""

    id: ClassVar[str] = ""
    title: ClassVar[str] = ""
    severity: ClassVar[Severity] = Severity.MEDIUM
    confidence: ClassVar[Confidence] = Confidence.HIGH
    cwe: ClassVar[tuple[int, ...]] = ()
    judges: ClassVar[tuple[str, ...]] = ("source",)
    """The kinds of files that the rule looks at."""
    bad: ClassVar[list[str]] = []
    """Examples it flags, each expected line marked with `# <-`; `# file: PATH` begins another file of the example."""
    good: ClassVar[list[str]] = []
    """Examples it leaves alone, at least one a near miss."""

    @classmethod
    def why(cls) -> str:
        """The docstring: what `auditor explain` and the documentation say."""
        return inspect.cleandoc(cls.__dict__.get("__doc__") or "")

    def finding(
        self,
        location: Location,
        message: str,
        *,
        severity: Severity | None = None,
        confidence: Confidence | None = None,
        path: tuple[Hop, ...] = (),
        related: tuple[Related, ...] = (),
        facts: dict[str, str] | None = None,
    ) -> Finding:
        """A finding of this rule; its fingerprint is added by the engine."""
        return Finding(
            rule=self.id,
            severity=severity or self.severity,
            confidence=confidence or self.confidence,
            location=location,
            message=message,
            path=path,
            related=related,
            facts=facts or {},
        )


class NodeRule(Rule, Generic[N]):
    """Looks at one kind of libcst node, named by the type parameter (a union names several)."""

    reach: ClassVar[str] = "node"
    """How much of the file is parsed around the node: `node` (its statement) or `function` (the outermost one)."""
    screen: ClassVar[str] = ""
    """A regular expression that the start of the node's text must match before it is parsed; empty: every node."""
    calls: ClassVar[tuple[str, ...]] = ()
    """For calls: the names wanted, `subprocess.run` or `requests.*` resolved through imports, `.submit` on anything."""
    imports: ClassVar[tuple[str, ...]] = ()
    """Packages of which the file must import one before its nodes are looked at; empty: every file."""
    makers: ClassVar[tuple[str, ...]] = ()
    """Words that make what a method is called on: a call is looked at for its method (`.get`) alone only where its owner
    stands in one statement with such a word; empty: every call. One that the rule's `screen` matches is looked at anyway.
    """
    boundaries: ClassVar[bool] = False
    """Whether functions that the settings list as boundaries are exempt."""

    def check(self, node: N, region: "Region") -> Iterator[Finding]:
        """The findings at one node."""
        raise NotImplementedError

    @classmethod
    def node_types(cls) -> tuple[str, ...]:
        """The names of the libcst classes that the type parameter gives. Raises TypeError where there is none."""
        for klass in cls.__mro__:
            for base in klass.__dict__.get("__orig_bases__", ()):
                if typing.get_origin(base) is NodeRule:
                    (wanted,) = typing.get_args(base)
                    union = isinstance(wanted, types.UnionType) or typing.get_origin(wanted) is typing.Union
                    return tuple(t.__name__ for t in (typing.get_args(wanted) if union else (wanted,)))
        raise TypeError(f"{cls.__name__} does not say which node it looks at: NodeRule[cst.Raise]")


class FileRule(Rule):
    """Looks at a file's index: comments, docstrings, definitions, imports."""

    needs: ClassVar[str] = ""
    """A regular expression that the file's text must hold somewhere; empty: every file."""

    def check(self, file: FileFacts) -> Iterator[Finding]:
        """The findings in one file."""
        raise NotImplementedError


class SupplyRule(Rule):
    """Looks at the project's dependencies.

    An example is a small tree: `# file: requirements.txt` and the like begin its manifests, locks and code. What only the
    outside knows stands in `# file: known.toml`, a table a package with `advisories`, `latest`, `behind_days`, `licence` ….
    """

    def check(self, inventory: Inventory) -> Iterator[Finding]:
        """The findings about the dependencies; `facts` names what each is about, which is also what its fingerprint is of."""
        raise NotImplementedError


class ProjectRule(Rule):
    """Looks at all files together."""

    def check(self, project: Project) -> Iterator[Finding]:
        """The findings in the whole project."""
        raise NotImplementedError
