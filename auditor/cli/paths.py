"""`auditor paths`: what an entry point leads to, and which calls could not be followed."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.model.errors import AuditorError

if TYPE_CHECKING:
    from auditor.paths.calls.graph import Node
    from auditor.paths.project import Project

WORST = 30
UNRESOLVED = "unresolved"


@click.command(short_help="Show what an entry point leads to.")
@click.argument("what", metavar="ENTRY")
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=Path())
def paths(what: str, path: Path) -> None:
    """Example: auditor paths pay src/

    Prints the tree of effects and guards below an entry point: ENTRY is a route, a task, or the name of a function or
    method. `auditor paths unresolved` lists the calls that could not be followed, the most frequent first.
    """
    from auditor.cli.recipe import Recipe
    from auditor.packs.rules import places
    from auditor.run.look import look

    recipe = Recipe(path)
    wanted = places(())
    project, skipped = look(recipe.job(recipe.agreed(wanted), ()))
    click.echo("\n".join(_unresolved(project) if what == UNRESOLVED else _tree(project, what)))
    if skipped:
        click.echo(f"{len(skipped)} files were skipped or only partly read; auditor audit lists them", err=True)


def _unresolved(project: "Project") -> Iterator[str]:
    inside, lost = project.graph.followed
    share = 100 * lost / (inside + lost) if inside + lost else 0
    yield f"{lost} of {inside + lost} calls that may stay inside the project could not be followed ({share:.1f} %)"
    found: Counter[tuple[str, str]] = Counter()
    places: dict[tuple[str, str], str] = {}
    for node in project.graph.nodes:
        for edge in project.graph.edges(node):
            if edge.reason:
                key = (edge.reason, edge.call.target.rpartition(".")[2])
                found[key] += 1
                places.setdefault(key, f"{node.path}:{edge.call.line}")
    for reason, number in Counter(edge_reason for (edge_reason, _) in found.elements()).most_common():
        yield f"  {number:5}  {reason}"
    yield "the most frequent, each with its first place:"
    for (reason, name), number in found.most_common(WORST):
        yield f"  {number:5}  {name}  {places[reason, name]}  ({reason})"


def _tree(project: "Project", what: str) -> Iterator[str]:
    from auditor.paths.calls.tree import tree

    nodes = _named(project, what)
    if not nodes:
        raise AuditorError(f"{what!r} is no entry point or function of the project", "auditor routes lists the routes")
    for node in nodes:
        yield from tree(project.graph, node)


def _named(project: "Project", what: str) -> "list[Node]":
    """The scopes that a name means: of a function by its end, `Cart.total` or `shop.cart.Cart.total`."""
    graph = project.graph
    wanted = what.strip()
    return [
        node
        for node in graph.nodes
        if node.scope >= 0 and f".{graph.symbols.modules.name_of[node.path]}.{graph.name(node)}".endswith(f".{wanted}")
    ]
