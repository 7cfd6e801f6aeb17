"""`auditor deps`: what a project is built on, why a package is there, and what a change brings."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from auditor.cli.recipe import Recipe
from auditor.model.closest import closest
from auditor.model.errors import AuditorError

OPTIONS = (
    click.option("--path", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path(), help="The project."),
    click.option("--settings", type=click.Path(exists=True, path_type=Path), help="Settings instead of the project's own."),
    click.option("--offline", is_flag=True, help="Use no network."),
    click.option("--advisories", type=click.Path(exists=True, path_type=Path), help="Folder or zip of OSV documents to ask."),
)


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options that say where and how to look."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@click.group(invoke_without_command=True, short_help="What a project is built on, and why.")
@common
@click.option("--all", "everything", is_flag=True, help="Transitive and development packages too.")
@click.option("--format", "form", default="text", metavar="NAME", help="text, or a report's name: json, cyclonedx, openvex …")
@click.pass_context
def deps(
    ctx: click.Context,
    path: Path,
    settings: Path | None,
    offline: bool,
    advisories: Path | None,
    everything: bool,
    form: str,
) -> int | None:
    """Example: auditor deps --advisories osv/

    Lists the dependencies, what needs a look first, with the way out. Exit code 0 clean, 1 a known vulnerability that nobody
    accepted, 3 a package that nobody audited and the settings do not allow to wait.
    """
    if ctx.invoked_subcommand is not None:
        return None
    outcome = Recipe(path, settings, offline=offline, advisories=advisories).dependencies(sys.stderr)
    if form == "text":
        from auditor.report.parts.package import package_lines

        _print(package_lines(outcome.snapshot.packages, everything))
    else:
        from auditor.cli.deliver import deliver, paired

        deliver(outcome, paired((form,), ("-",)), 0, "auditor deps")
    return outcome.verdict.exit_code


@deps.command("why", short_help="Who brings a package, who imports it, and the way out of its holes.")
@click.argument("package")
@common
def why(package: str, path: Path, settings: Path | None, offline: bool, advisories: Path | None) -> None:
    """Example: auditor deps why jinja2 --offline

    Says in which versions PACKAGE is there, which manifest asks for it or which packages bring it, which files import it,
    and what is known against it.
    """
    from packaging.utils import canonicalize_name

    from auditor.supply.ways.tell import why as tell

    packages = Recipe(path, settings, offline=offline, advisories=advisories).dependencies(sys.stderr).snapshot.packages
    name = str(canonicalize_name(package))
    if not any(one.name == name for one in packages):
        near = closest(name, [one.name for one in packages])
        raise AuditorError(
            f"{package}: no manifest and no lock names it", f"did you mean {near}?" if near else "see `auditor deps --all`"
        )
    _print(tell(packages, name))


@deps.command("diff", short_help="What changed in the dependencies since a commit.")
@click.argument("revision", metavar="REV")
@common
def diff(revision: str, path: Path, settings: Path | None, offline: bool, advisories: Path | None) -> int:
    """Example: auditor deps diff main --offline

    Compares manifests and locks with those at REV: packages that came and went, other versions, and holes that came or went
    with them. Exit code 1 where a hole came, 3 where nobody audited a package that came or changed.
    """
    from auditor.supply.ways.tell import changes, told

    before, after = Recipe(path, settings, offline=offline, advisories=advisories).supplies(revision)
    found = changes(before, after)
    _print(told(found))
    if any(change.holes for change in found):
        return 1
    return 3 if any(change.unaudited for change in found) else 0


def _print(lines: Iterable[str]) -> None:
    from auditor.report import visible

    for line in lines:
        click.echo(visible(line))
