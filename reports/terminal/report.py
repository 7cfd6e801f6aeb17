"""The audit as lines for a terminal or a pipe: one layout, styled by rich on a terminal and plain everywhere else."""

from collections import Counter
from collections.abc import Iterator
from textwrap import wrap

from auditor.report import Finding, Progress, Report, View, by_file, counted, cut, journey, number, plural, visible

Line = list[tuple[str, str]]
"""Pieces of a line, each with its role: a key of STYLES, or empty for plain text."""

MOST_PER_RULE = 10
MOST_HOPS = 8
"""Findings of one rule that are written out; the rest are counted."""
MOST_GAPS = 5
"""Gaps of one kind that are written out."""
STYLES = {
    "critical": "bold reverse red",
    "high": "bold red",
    "medium": "yellow",
    "low": "cyan",
    "info": "dim",
    "path": "bold underline",
    "head": "bold",
    "soft": "dim",
    "met": "green",
    "on the way": "cyan",
    "worse": "bold red",
    "unknown": "dim",
    "stale": "yellow",
    "claimed but not met": "magenta",
    "passed": "bold green",
    "failed": "bold red",
    "could not judge": "bold yellow",
}
ENTRIES = "errors.entry_points"
ASCII = str.maketrans({"…": "...", "→": "->", "≤": "<=", "≥": ">="})


class Terminal(Report):
    """Last comes the verdict; no control character of the audited tree gets through."""

    name = "terminal"
    title = "a summary for the screen; plain text in a pipe"

    def render(self, view: View) -> str:
        lines = list(_lines(view))
        if view.screen.styled:
            return _styled(lines, view.screen.width)
        return "".join(_plain(line, view) + "\n" for line in lines)


def _plain(line: Line, view: View) -> str:
    text = "".join(visible(piece) for piece, _ in line).rstrip()
    return text if view.screen.unicode else text.translate(ASCII).encode("ascii", "backslashreplace").decode()


def _styled(lines: list[Line], width: int) -> str:
    """The lines with terminal styles. Only here is rich needed, and only here is it paid for."""
    import io

    from rich.console import Console
    from rich.text import Text

    console = Console(file=io.StringIO(), force_terminal=True, color_system="standard", width=width, legacy_windows=False)
    with console.capture() as captured:
        for line in lines:
            text = Text.assemble(*((visible(piece), STYLES.get(role, "")) for piece, role in line))
            console.print(text, no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)
    return captured.get()


def _lines(view: View) -> Iterator[Line]:
    yield from _head(view)
    yield from _findings(view)
    yield from _packages(view)
    yield from _entries(view)
    yield from _gaps(view)
    yield from _targets(view)
    yield from _end(view)


def _head(view: View) -> Iterator[Line]:
    shot = view.snapshot
    scope = ", ".join(plural(files, f"{kind} file") for kind, files in shot.scope.files.items())
    told = [part for part in (shot.commit[:12], shot.taken_at[:16].replace("T", " "), scope) if part]
    yield [(f"auditor {shot.tool_version}  ", "soft"), (shot.project, "head"), ("  " + "  ".join(told), "soft")]
    yield []


def _findings(view: View) -> Iterator[Line]:
    shown, rest = _gravest(view.counted)
    rules = max((len(finding.rule) for finding in shown), default=0)
    for path, findings in by_file(shown):
        yield [(path or "the project", "path")]
        places = [f"{one.location.line}:{one.location.column}" if path else "" for one in findings]
        wide = max(map(len, places))
        for finding, place in zip(findings, places, strict=True):
            yield from _finding(finding, f"  {place:>{wide}}  ", rules, view)
            yield from _hops(finding, " " * (wide + 4))
        yield []
    for rule, left in sorted(rest.items()):
        yield [(f"{left:,} more of {rule}", "soft")]
    if rest:
        yield [("every one of them: --format html --output report.html (or json, sarif, markdown)", "soft")]
        yield []


def _finding(finding: Finding, place: str, rules: int, view: View) -> Iterator[Line]:
    """One line in a pipe, where others cut it as they like; on a terminal the message goes on below itself."""
    start: Line = [(place, "soft"), (f"{finding.severity:<8}", finding.severity), (f"  {finding.rule:<{rules}}  ", "soft")]
    message = visible(finding.message)
    left = view.screen.width - sum(len(text) for text, _ in start)
    if not view.screen.styled:
        yield [*start, (message, "")]
    elif left < 30:
        yield start
        yield from ([(" " * 4 + part, "")] for part in wrap(message, view.screen.width - 4))
    else:
        first, *more = wrap(message, left) or [""]
        yield [*start, (first, "")]
        yield from ([(" " * (view.screen.width - left) + part, "")] for part in more)


def _hops(finding: Finding, indent: str) -> Iterator[Line]:
    """The way from the entry point to the effect, a line a step, with file and line."""
    for hop in finding.path[:MOST_HOPS]:
        place = f"{hop.location.path}:{hop.location.line}"
        yield [(f"{indent}→ {visible(place)}  {visible(hop.text)}", "soft")]
    if len(finding.path) > MOST_HOPS:
        yield [(f"{indent}  and {len(finding.path) - MOST_HOPS} more steps", "soft")]


def _gravest(findings: tuple[Finding, ...]) -> tuple[list[Finding], Counter[str]]:
    """The first findings of each rule, and how many more there are of it."""
    seen: Counter[str] = Counter()
    shown = []
    for finding in findings:
        seen[finding.rule] += 1
        if seen[finding.rule] <= MOST_PER_RULE:
            shown.append(finding)
    return shown, Counter({rule: total - MOST_PER_RULE for rule, total in seen.items() if total > MOST_PER_RULE})


def _packages(view: View) -> Iterator[Line]:
    if not view.packages:
        return
    yield [("dependencies", "head"), (f"  {view.package_words}", "soft")]
    holed = [row for row in view.packages if row.state == "vulnerable"]
    wide = max((len(visible(f"{row.name} {row.version}")) for row in holed), default=0)
    for row in holed[:MOST_PER_RULE]:
        text = cut(visible(row.fix or row.known), max(view.screen.width - wide - 14, 20))
        name = visible(f"{row.name} {row.version}")
        yield [(f"  {row.severity:<8}", row.severity), (f"  {name:<{wide}}  ", ""), (text, "soft")]
    if len(holed) > MOST_PER_RULE:
        yield [(f"  and {len(holed) - MOST_PER_RULE:,} more", "soft")]
    yield []


def _entries(view: View) -> Iterator[Line]:
    """A library has no way in from outside: that nothing was found along paths must not read as praise."""
    entries = view.snapshot.measure(ENTRIES)
    if entries is not None and not entries.known and entries.note and not view.snapshot.crashed:
        yield [(f"{visible(entries.note)}; the rules about paths from them had nothing to judge", "soft")]
        yield []


def _gaps(view: View) -> Iterator[Line]:
    kinds = Counter(gap.kind for gap in view.gaps)
    for kind, total in kinds.items():
        yield [(counted(total, kind), "head")]
        for gap in [gap for gap in view.gaps if gap.kind == kind][:MOST_GAPS]:
            yield [("  " + cut(visible(f"{gap.what}: {gap.why}"), view.screen.width - 2), "")]
        if total > MOST_GAPS:
            yield [(f"  and {total - MOST_GAPS:,} more", "soft")]
    if view.left_out:
        yield [(counted(len(view.left_out), "left-out"), "soft")]
    if kinds or view.left_out:
        yield []


def _targets(view: View) -> Iterator[Line]:
    rows = view.verdict.progress
    texts = max((len(visible(row.target.text)) for row in rows), default=0)
    wide = max((len(row.state) for row in rows), default=0)
    if view.screen.styled:
        texts = min(texts, max(view.screen.width - wide - 32, 24))
    for chapter in view.chapters:
        if chapter.rows:
            when = f", {chapter.when}" if chapter.when else ""
            met = f"  {chapter.met} of {len(chapter.rows)} met{when}"
            yield [(chapter.sprint.name or "in no sprint", "head"), (met, "soft")]
            yield from (_target(row, wide, texts) for row in chapter.rows)
            yield []


def _target(row: Progress, wide: int, texts: int) -> Line:
    start, now, goal = journey(row)
    way = f"{start} → {now} → {goal}" if row.target.baseline is not None else f"{now} → {goal}"
    text = cut(visible(row.target.text), texts)
    return [(f"  {row.state:<{wide}}  ", row.state), (f"{text:<{texts}}  ", ""), (way, "soft")]


def _end(view: View) -> Iterator[Line]:
    grade = view.verdict.grade
    if grade.score is not None:
        earned = f"{grade.letter}, {number(grade.score)} of 100 points by formula {grade.formula}"
        yield from _labelled("grade", (earned, *grade.caps), view)
    counts = ", ".join(f"{count.number:,} {count.name}" for count in view.severities) or "none"
    off = f"; {len(view.suppressed):,} suppressed" if view.suppressed else ""
    yield from _labelled("findings", (counts + off,), view)
    yield from _labelled("gate", view.verdict.reasons, view)
    took = f" in {view.took_ms / 1000:.1f} s" if view.took_ms else ""
    yield [(view.outcome, view.outcome), (f" (exit code {view.verdict.exit_code}){took}", "soft")]


def _labelled(label: str, texts: tuple[str, ...], view: View) -> Iterator[Line]:
    """Texts under each other, the first beside its label; wrapped on a terminal."""
    for text in texts:
        whole = visible(text)
        for part in wrap(whole, view.screen.width - 10) if view.screen.styled else [whole]:
            yield [(f"{label:<10}", "head"), (part, "")]
            label = ""
