"""`make docs`: the pages of docs/ that are written from the code, so that nothing is told twice."""

import ast
import sys
import textwrap
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from auditor.judge import working
from auditor.knowledge import reference as knowledge
from auditor.packs.rules import load_rules, places
from auditor.packs.shelf import load
from auditor.report.parts.title import title
from auditor.roadmap.binding import vocabulary
from auditor.rule.api import Rule
from auditor.settings import reference
from tests.house.commands import every, help_text
from tests.house.tree import PROJECT

BEGIN = "<!-- Between these marks `make docs` writes; change the code instead. -->"
END = "<!-- end -->"
NOTE = "Written by `make docs` from the code; change the code, not this page."


def pages() -> dict[str, str]:
    """Every generated page by its path in the project."""
    return {
        "docs/rules.md": rules(),
        "docs/commands.md": commands(),
        "docs/settings.md": woven("docs/settings.md", reference.table()),
        "docs/roadmap.md": woven("docs/roadmap.md", measures()),
        "docs/grade.md": woven("docs/grade.md", working.table()),
        "docs/knowledge.md": woven("docs/knowledge.md", knowledge.table()),
        "docs/architecture.md": woven("docs/architecture.md", rooms()),
    }


def woven(path: str, table: str) -> str:
    """A page written by hand, with what stands between its marks made anew."""
    before, begin, rest = (PROJECT / path).read_text(encoding="utf-8").partition(BEGIN)
    return f"{before}{begin}\n\n{table}\n\n{END}{rest.partition(END)[2]}"


def rules() -> str:
    """All rules, pack by pack: why, what is flagged and what is left alone."""
    loaded = load_rules(places())
    parts = ["# Rules", NOTE, index(loaded)]
    pack = ""
    for rule in loaded:
        name = rule.id.partition("/")[0]
        if name != pack:
            pack = name
            folder = next(place.file.parent for place in places() if place.id == rule.id)
            said = load(folder / "__init__.py", f"auditor_shelf.packs.{pack}").__doc__ or ""
            parts += [f"## {pack}", textwrap.dedent(said).strip()]
        parts += list(chapter(rule))
    return "\n\n".join(parts) + "\n"


def index(loaded: tuple[Rule, ...]) -> str:
    """A table of all rules."""
    rows = [f"| [{rule.id}](#{anchor(rule.id)}) | {rule.severity.value} | {rule.title} |" for rule in loaded]
    return "\n".join(["| rule | severity | what it flags |", "| --- | --- | --- |", *rows])


def anchor(heading: str) -> str:
    """How pages on the usual forges name a heading's place."""
    return "".join(letter for letter in heading.lower().replace(" ", "-") if letter.isalnum() or letter in "-_")


def chapter(rule: Rule) -> Iterator[str]:
    """One rule."""
    yield f"### {rule.id}"
    weakness = ", ".join(f"CWE-{number}" for number in rule.cwe)
    facts = [rule.severity.value, f"confidence {rule.confidence.value}", weakness]
    yield f"*{rule.title}* ({'; '.join(fact for fact in facts if fact)})"
    yield type(rule).why()
    yield "Flagged, on the marked lines:"
    yield from map(fenced, rule.bad)
    yield "Left alone:"
    yield from map(fenced, rule.good)


def fenced(example: str) -> str:
    """An example as a block of Python."""
    text = textwrap.dedent(example).strip("\n")
    fence = "````" if "```" in text else "```"
    return f"{fence}python\n{text}\n{fence}"


def measures() -> str:
    """A table of what promises are bound to, by name."""
    rows = ["| measure | what it tells | unit | better | from |", "| --- | --- | --- | --- | --- |"]
    for one in sorted(vocabulary().measure, key=lambda measure: measure.name):
        rows.append(f"| `{one.name}` | {title(one.name)} | {one.unit} | {one.better} | {one.brought_by or 'the audit'} |")
    return "\n".join(rows)


def commands() -> str:
    """What every command's help says."""
    parts = ["# Commands", NOTE]
    for typed, command in every():
        parts += [f"## {typed}", f"```text\n{help_text(typed, command)}\n```"]
    return "\n\n".join(parts) + "\n"


def rooms() -> str:
    """The rooms from the top floor down as the import contracts have them, each with what its package says of itself."""
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    house, paths = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    aside = next(contract["source_modules"] for contract in contracts if contract["type"] == "forbidden")
    judging = "Beside them, seeing values and no code:"
    parts = [listed(house), judging, listed([" | ".join(aside)]), "### Within `paths/`", listed(paths)]
    return "\n\n".join(parts)


def listed(floors: Iterable[str]) -> str:
    """Floors as a table: a row a room."""
    rows = ["| room | what lives there |", "| --- | --- |"]
    for floor in floors:
        for room in floor.split(" | "):
            place = PROJECT / room.replace(".", "/")
            file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
            said, _, _ = (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").partition("\n\n")
            name = room.removeprefix("auditor.").replace(".", "/") + ("/" if place.is_dir() else ".py")
            rows.append(f"| `{name}` | {' '.join(said.split())} |")
    return "\n".join(rows)


def main() -> int:
    """Writes the pages that changed and names them."""
    for path, text in pages().items():
        place = PROJECT / path
        if not place.is_file() or place.read_text(encoding="utf-8") != text:
            Path(place).write_text(text, encoding="utf-8")
            print(f"wrote {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
