"""`auditor routes`: the route table as the code declares it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from auditor.model.route import Route

WORDS = {True: "yes", False: "no", None: "unknown"}


@click.command(short_help="Print the route table.")
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=Path())
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="json is for programs."
)
def routes(path: Path, form: str) -> None:
    """Example: auditor routes src/

    Prints every route that the code declares: method, whole path, version, by what requests are limited, whether every error
    in it is answered for, whether a request's id travels, and the handler. What the code does not tell is `unknown`. With
    json also how many queries in loops and calls without a timeout it leads to, as `auditor audit` tells it.
    """
    from auditor.cli.recipe import Recipe
    from auditor.packs.rules import places
    from auditor.run.look import look
    from auditor.run.routes import routes as counted

    recipe = Recipe(path)
    project, skipped = look(recipe.job(recipe.agreed(places(())), ()))
    if form == "json":
        import msgspec

        body = {"routes": counted(project), "lost": project.lost_routes}
        click.echo(msgspec.json.format(msgspec.json.encode(body), indent=2).decode())
    else:
        click.echo("\n".join(_lines(project.routes)))
    if project.lost_routes:
        first = project.lost_routes[0]
        number = len(project.lost_routes)
        what = f"{number} declarations name handlers" if number > 1 else "a declaration names a handler"
        click.echo(f"{what} that could not be found and are in no table; the first at {first.path}:{first.line}", err=True)
    if skipped:
        click.echo(f"{len(skipped)} files were skipped or only partly read; auditor audit lists them", err=True)


def _lines(table: "tuple[Route, ...]") -> Iterator[str]:
    if not table:
        yield "no routes: the project is a library, or its framework is not known (docs/knowledge.md says how to describe one)"
        return
    method = max(len("method"), *(len(route.method) for route in table))
    path = min(max(len("path"), *(len(route.path) for route in table)), 70)
    yield f"{'method':<{method}}  {'path':<{path}}  version  limit    handled  traced   handler"
    for route in table:
        said = f"{route.version or '-':<7}  {route.limited or '-':<7}  {WORDS[route.handled]:<7}  {WORDS[route.traced]:<7}"
        yield f"{route.method:<{method}}  {route.path:<{path}}  {said}  {route.handler}"
