"""Reads `roadmap.toml`. Every mistake in it is told at once, each with its line and how to mend it."""

import re
import tomllib
from collections.abc import Mapping

from auditor.model.closest import closest
from auditor.model.errors import AuditorError
from auditor.model.roadmap import MANUAL, Roadmap, Sprint, Target, Unread
from auditor.roadmap.toml_lines import Lines
from auditor.roadmap.toml_reviews import proof, reviews
from auditor.roadmap.toml_table import Table, shown

_COMPARATORS = ("<", "<=", ">", ">=", "==")
_PAGE_KEYS = ("title", "source", "starts", "sprint", "target", "review", "unread")
_SPRINT_KEYS = ("name", "title", "goal", "starts", "ends", "weeks", "deliverables")
_TARGET_KEYS = (
    "text",
    "measure",
    "comparator",
    "goal",
    "baseline",
    "unit",
    "sprint",
    "due",
    "owner",
    "part",
    "claimed",
    "relative",
    "category",
    "evidence",
    "line",
    "proof",
)
_LIMIT_CHARACTERS = 1_000_000
_LIMIT_LINE = 10_000
_MEASURE = re.compile(r"[a-z0-9_]+(?:[.:-][a-z0-9_]+)*")


def read_toml(text: str, source: str) -> Roadmap:
    """The roadmap of a `roadmap.toml`. Raises AuditorError that lists every mistake with file, line and hint."""
    if len(text) > _LIMIT_CHARACTERS or max(map(len, text.splitlines()), default=0) > _LIMIT_LINE:
        raise AuditorError(
            f"{source} is too long for a roadmap: {len(text):,} characters",
            f"at most {_LIMIT_CHARACTERS:,} are read, {_LIMIT_LINE:,} in a line",
        )
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AuditorError(
            f"{source} is not valid TOML: {error}", "mend that line; strings stand in quotes, tables as [[target]]"
        ) from None
    except RecursionError:
        raise AuditorError(
            f"{source} is nested too deep to be a roadmap", "write sprints as [[sprint]] and promises as [[target]]"
        ) from None
    page = _Reader(source, Lines(text))
    roadmap = page.roadmap(values)
    if page.mistakes:
        count = len(page.mistakes)
        told = "\n".join(f"  {mistake}" for mistake in sorted(page.mistakes, key=_order)[:50])
        raise AuditorError(
            f"{source} has {count} mistake{'s' if count > 1 else ''}:\n{told}",
            "mend them, or write the file anew with `auditor roadmap import PLAN.md --force`",
        )
    return roadmap


def _order(mistake: str) -> tuple[int, str]:
    found = re.search(r":(\d+): ", mistake)
    return (int(found[1]) if found else 0, mistake)


class _Reader:
    """Reads one file's tables and gathers what is wrong with them."""

    def __init__(self, source: str, lines: Lines) -> None:
        self.source = source
        self.lines = lines
        self.mistakes: list[str] = []

    def wrong(self, kind: str, number: int, key: str, message: str) -> None:
        self.mistakes.append(f"{self.source}:{self.lines.of(kind, number, key)}: {message}")

    def roadmap(self, values: Mapping[str, object]) -> Roadmap:
        page = Table(self.wrong, values, "", 0)
        page.known(_PAGE_KEYS)
        sprints = tuple(self._sprint(table) for table in self._tables(values, "sprint"))
        names = [sprint.name for sprint in sprints if sprint.name]
        for number, name in enumerate(names):
            if name in names[:number]:
                self.wrong("sprint", number, "name", f"two sprints are named `{name}` (give each its own name)")
        targets = tuple(self._target(table, names) for table in self._tables(values, "target"))
        planned = reviews(self.wrong, self._tables(values, "review"), names)
        unread = tuple(self._unread(table) for table in self._tables(values, "unread"))
        return Roadmap(page.text("title"), page.day("starts"), sprints, targets, page.text("source"), planned, unread)

    def _unread(self, table: Table) -> Unread:
        table.known(("text", "line"))
        return Unread(table.text("text", needed=True), int(table.number_of("line") or 0))

    def _tables(self, values: Mapping[str, object], kind: str) -> list[Table]:
        found = values.get(kind, [])
        if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
            self.wrong("", 0, kind, f"{kind} must be a list of tables (write each as [[{kind}]])")
            return []
        return [Table(self.wrong, table, kind, number) for number, table in enumerate(found)]

    def _sprint(self, table: Table) -> Sprint:
        table.known(_SPRINT_KEYS)
        sprint = Sprint(
            table.text("name", needed=True),
            table.day("starts"),
            table.day("ends"),
            table.weeks(),
            table.text("title"),
            table.text("goal"),
            table.texts("deliverables"),
        )
        if sprint.starts and sprint.ends and sprint.ends < sprint.starts:
            table.wrong("ends", f"{sprint.name} ends on {sprint.ends}, before it starts on {sprint.starts}", "swap them")
        return sprint

    def _target(self, table: Table, sprints: list[str]) -> Target:
        table.known(_TARGET_KEYS)
        comparator = table.values.get("comparator", "==")
        if comparator not in _COMPARATORS:
            table.wrong(
                "comparator",
                f"comparator must be one of {' '.join(_COMPARATORS)}, not {shown(comparator)}",
                'such as ">="',
            )
        measure = table.text("measure") or MANUAL
        if not _MEASURE.fullmatch(measure):
            table.wrong("measure", f"`{measure}` is no measure's name", 'such as "coverage.line_pct", or "manual"')
        sprint = table.text("sprint")
        if sprint and sprints and sprint not in sprints:
            near = closest(sprint, sprints)
            table.wrong(
                "sprint",
                f"no sprint is named `{sprint}`",
                f"did you mean `{near}`?" if near else f"there are: {', '.join(sprints)}",
            )
        line = table.number_of("line") or 0
        return Target(
            table.text("text", needed=True),
            measure,
            str(comparator),
            table.number_of("goal"),
            table.number_of("baseline"),
            table.text("unit"),
            sprint,
            table.flag("claimed"),
            table.flag("relative"),
            table.text("category"),
            table.text("evidence"),
            int(line),
            proof(table),
            table.day("due"),
            table.text("owner"),
            table.text("part"),
        )
