"""`auditor knowledge`: which libraries' meaning is known, and what a project imports that is not."""

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec


class Known(msgspec.Struct, frozen=True):
    """A library that is known, with the number of rows that its file has of each sort."""

    library: str
    imports: tuple[str, ...]
    effects: int
    entries: int
    guards: int
    exceptions: int
    files: int | None = None
    """How many files of the project import it, where a project was named."""


class Unknown(msgspec.Struct, frozen=True):
    """A package from outside that a project imports and nothing is known of."""

    module: str
    files: int
    first: str
    """The first place that imports it: `shop/pay.py:3`."""


class Told(msgspec.Struct, frozen=True):
    """The whole answer. `unknown` is None where no project was named."""

    known: tuple[Known, ...]
    unknown: tuple[Unknown, ...] | None = None


@click.command(short_help="List the libraries whose meaning is known.")
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="json is for programs."
)
def command(path: Path | None, form: str) -> None:
    """Example: auditor knowledge .

    Lists the libraries whose calls, routes, errors and guards are known. With PATH also the packages that the project there
    imports and nobody has described, by the number of files: calls of those are followed no further.
    """
    told = asked(path) if path is not None else Told(known(()))
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(told), indent=2).decode())
    else:
        click.echo("\n".join(lines(told)))


def known(extra: tuple[Path, ...], uses: dict[str, set[str]] | None = None) -> tuple[Known, ...]:
    """The libraries by name. `uses` are the files that import a module."""
    from auditor.knowledge.load import load

    rows = []
    for lib in load(extra).libraries:
        entries = sum(len(rows) for rows in (lib.route, lib.mount, lib.view, lib.entry, lib.runner))
        files = None if uses is None else len({file for name in lib.imports for file in uses.get(name, ())})
        exceptions = sum(name.count(",") + 1 for name in lib.exceptions)
        rows.append(Known(lib.library, lib.imports, len(lib.effect), entries, len(lib.guard), exceptions, files))
    return tuple(sorted(rows, key=lambda row: row.library.lower()))


def asked(path: Path) -> Told:
    """What is known for the project at `path`, its own files of knowledge among it."""
    from auditor.cli.recipe import Recipe, bar
    from auditor.run.audit import audit
    from auditor.settings import read

    settings = read(path)
    with bar(sys.stderr) as progress:
        snapshot = audit(Recipe(path).job(settings, ()), progress)
    uses: dict[str, set[str]] = defaultdict(set)
    first: dict[str, str] = {}
    for use in snapshot.uses:
        module = use.module.partition(".")[0]
        uses[module].add(use.path)
        first.setdefault(module, f"{use.path}:{use.line}")
    rows = known(tuple(path / name for name in settings.knowledge), uses)
    described = {name.partition(".")[0] for row in rows for name in row.imports} | sys.stdlib_module_names
    missing = [Unknown(module, len(files), first[module]) for module, files in uses.items() if module not in described]
    return Told(rows, tuple(sorted(missing, key=lambda row: (-row.files, row.module))))


def lines(told: Told) -> Iterator[str]:
    """The answer as a table in text."""
    shown = [row for row in told.known if row.files != 0]
    width = max((len(row.library) for row in shown), default=7)
    yield f"{'library':<{width}}  effects  entries  guards  errors" + "  files" * (told.unknown is not None)
    for row in shown:
        figures = f"{row.effects:>7}  {row.entries:>7}  {row.guards:>6}  {row.exceptions:>6}"
        yield f"{row.library:<{width}}  {figures}" + (f"  {row.files:>5}" if row.files is not None else "")
    if told.unknown is None:
        return
    yield ""
    if not told.unknown:
        yield "Everything that the project imports from outside is known."
        return
    yield "Imported, and nothing is known of it (docs/knowledge.md says how to describe a library):"
    for one in told.unknown:
        yield f"{one.files:>5} {'files' if one.files > 1 else 'file ':<5}  {one.module}  first at {one.first}"
