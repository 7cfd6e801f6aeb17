"""`auditor roadmap`: turn a Markdown plan into roadmap.toml, and show where each promise stands."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.table import printable, table
from auditor.model.errors import AuditorError

if TYPE_CHECKING:
    from auditor.model.measure import Measure
    from auditor.model.outlook import ReviewState
    from auditor.model.roadmap import Progress, Roadmap, Target
    from auditor.model.verdict import Grade

_LIMIT_BYTES = 4_000_000
NAME = "roadmap.toml"


@click.group(short_help="Import a roadmap, show where its promises stand.")
def roadmap() -> None:
    """Example: auditor roadmap import PLAN.md

    A roadmap is what a team promised: sprints, and targets that are measured.
    """


@roadmap.command("import", short_help="Turn a Markdown roadmap into roadmap.toml.")
@click.argument("file", metavar="FILE.md", type=click.Path(path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), help="Where to write; default: roadmap.toml beside FILE.md.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["toml", "json"]),
    default="toml",
    show_default=True,
    help="json goes to standard output alone.",
)
@click.option(
    "--starts",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="First day of week 1, where the page does not say it.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def import_(file: Path, output: Path | None, form: str, starts: datetime | None, force: bool) -> None:
    """Example: auditor roadmap import PLAN.md --starts 2026-01-05

    Reads the sprints and success metrics of FILE.md, binds each promise to a measure where one fits, and writes
    roadmap.toml beside it.
    """
    from auditor.roadmap import to_json, write_toml
    from auditor.roadmap.markdown import read_markdown

    read = read_markdown(_text(file), file.name, date.today(), starts.date() if starts else None)
    if form == "json" and output is None:
        click.echo(to_json(read), nl=False)
        return
    target = output or file.with_name(NAME)
    if target.exists() and not force:
        raise AuditorError(f"{target} is there already", "give --force to write over it, or --output for another place")
    if target.is_file() and form == "toml":
        read = _proven(read, target)
    _write(target, to_json(read) if form == "json" else write_toml(read).encode())
    click.echo(f"{target}: {_count(len(read.sprints), 'sprint')}, {_count(len(read.targets), 'target')}\n")
    table(["Target", "Goal", "Baseline", "Sprint", "Measure"], [_import_row(one) for one in read.targets])
    _advise(read)


@roadmap.command(short_help="Show baseline, now and goal of every target.")
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=Path())
@click.option(
    "--from",
    "saved",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Take the figures from a saved JSON report instead of an audit.",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="json is for programs."
)
def status(path: Path, saved: Path | None, form: str) -> None:
    """Example: auditor roadmap status

    Reads PATH/roadmap.toml (or PATH/docs/roadmap.toml), audits PATH, and says of every target: met, on the way, worse,
    unknown, stale, or claimed but not met.
    """
    from auditor.judge.progress import progress
    from auditor.judge.reviews import answered

    promised = find_roadmap(path)
    if promised is None:
        raise AuditorError(f"no {NAME} in {path} or {path / 'docs'}", "make one: auditor roadmap import PLAN.md")
    promised, measures, grade = _figures(path, promised, saved)
    stands, reviews = progress(promised, measures), answered(promised, measures, grade)
    if form == "json":
        click.echo(_status_json(stands, reviews), nl=False)
        return
    table(["Target", "Baseline", "Now", "Goal", "State", "Sprint"], [_status_row(one) for one in stands])
    click.echo()
    for one in stands:
        click.echo(f"{one.state.value}: {printable(one.target.text)}\n    {printable(one.reason)}")
    for review in reviews:
        click.echo(f"\n{printable(review.name)}")
        for answer in review.answers:
            click.echo(printable(f"  {answer.state}: {answer.text}" + (f" ({answer.note})" if answer.note else "")))
    click.echo(f"\n{_summary(stands)}")


def find_roadmap(path: Path) -> "Roadmap | None":
    """The roadmap of a project: PATH itself if it is a file, else PATH/roadmap.toml, else PATH/docs/roadmap.toml."""
    places = [path] if path.is_file() else [path / NAME, path / "docs" / NAME]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        return None
    from auditor.roadmap import read_toml

    return read_toml(_text(found), str(found))


def _proven(read: "Roadmap", target: Path) -> "Roadmap":
    """The new reading with the proofs of the file that it is about to replace; one that can not be read has none."""
    from auditor.roadmap.proven import proven

    try:
        return proven(read, find_roadmap(target))
    except AuditorError:
        return read


def _figures(path: Path, promised: "Roadmap", saved: Path | None) -> "tuple[Roadmap, tuple[Measure, ...], Grade]":
    """The promises with the baselines of the history, the figures to judge by, and the grade: of a saved report, else of an
    audit made now.
    """
    if saved is None:
        from auditor.cli.recipe import Recipe

        root = path if path.is_dir() else path.parent
        outcome = Recipe(root, roadmap=path if path.is_file() else None).audit(sys.stderr)
        return outcome.roadmap or promised, outcome.snapshot.measures, outcome.verdict.grade
    import msgspec

    from auditor.model.measure import Measure
    from auditor.model.verdict import Grade

    class Report(msgspec.Struct):
        measures: tuple[Measure, ...]
        grade: Grade = Grade("-", None, "")

    try:
        report = msgspec.json.decode(_bytes(saved), type=Report)
    except msgspec.MsgspecError as error:
        raise AuditorError(
            f"{saved} is no JSON report of an audit: {error}",
            "make one: auditor audit . --format json --output audit.json",
        ) from None
    return promised, report.measures, report.grade


def _bytes(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise AuditorError(f"{file} is no file" if file.exists() else f"there is no {file}", "check the path")
        with file.open("rb") as stream:
            data = stream.read(_LIMIT_BYTES * 32 + 1)
    except OSError as error:
        raise AuditorError(f"{file} can not be read: {error.strerror}", "check the path and its permissions") from None
    return data


def _text(file: Path) -> str:
    data = _bytes(file)
    if len(data) > _LIMIT_BYTES:
        raise AuditorError(
            f"{file} is too big for a roadmap: {len(data) >> 20} MB",
            "give the page with the sprints and success metrics",
        )
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise AuditorError(f"{file} is no UTF-8 text (byte {error.start})", "save it as UTF-8") from None


def _write(target: Path, data: bytes) -> None:
    """Beside first, then renamed: nobody sees half a file."""
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise AuditorError(f"{target} can not be written: {error.strerror}", "check the folder and its permissions") from None


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return "-"
    text = f"{round(value, 2):,.2f}".rstrip("0").rstrip(".")
    return f"{text} {unit}" if unit and unit != "count" else text


def _goal(target: "Target") -> str:
    if target.goal is None:
        return "-"
    if target.relative:
        return f"{'+' if target.comparator.startswith('>') else '-'}{_figure(target.goal, target.unit)}"
    return f"{target.comparator} {_figure(target.goal, target.unit)}"


def _base(target: "Target") -> str:
    return _figure(target.baseline, "" if target.relative else target.unit)


def _import_row(target: "Target") -> list[str]:
    return [
        f"{'[x]' if target.claimed else '[ ]'} {target.text}",
        _goal(target),
        _base(target),
        target.sprint or "-",
        target.measure,
    ]


def _status_row(one: "Progress") -> list[str]:
    unit = "" if one.target.relative else one.target.unit
    return [
        one.target.text,
        _base(one.target),
        _figure(one.now, unit),
        _goal(one.target),
        one.state.value,
        one.target.sprint or "-",
    ]


def _advise(read: "Roadmap") -> None:
    """What a person should look at before relying on the file."""
    manual = [target for target in read.targets if target.measure == "manual"]
    if not read.targets:
        click.echo(
            "No success metrics were found: write them under a heading such as `## Success metrics`, "
            "or in a table with a Target column."
        )
    for target in manual:
        click.echo(f"manual: {target.text}\n    needs {target.evidence}")
    unplaced = sum(not target.sprint for target in read.targets)
    if read.sprints and unplaced:
        click.echo(f"{_count(unplaced, 'target')} in no sprint: the text does not say which; set `sprint` in the file")
    if any(sprint.weeks and not sprint.starts for sprint in read.sprints):
        click.echo("The sprints have weeks but no dates: give --starts with the first day of week 1")


def _summary(stands: "tuple[Progress, ...]") -> str:
    from auditor.model.roadmap import State

    counts = [(sum(one.state is state for one in stands), state.value) for state in State]
    return f"{len(stands)} targets: " + ", ".join(f"{number} {name}" for number, name in counts if number)


def _status_json(stands: "tuple[Progress, ...]", reviews: "tuple[ReviewState, ...]") -> bytes:
    import msgspec

    return msgspec.json.format(msgspec.json.encode({"targets": stands, "reviews": reviews}), indent=2) + b"\n"
