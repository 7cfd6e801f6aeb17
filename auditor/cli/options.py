"""Options that several commands take, so that a word means the same everywhere."""

from pathlib import Path

import click


def completed(_: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """What a shell may complete a word to: the rules and the packs, behind a comma too; for what can be explained no packs."""
    from auditor.model.contract import IDS
    from auditor.packs.rules import places

    rules = {*IDS, *(place.id for place in places())}
    packs = {"grade"} if parameter.name == "subject" else {rule.partition("/")[0] for rule in rules}
    before, comma, last = begun.rpartition(",")
    return [f"{before}{comma}{name}" for name in sorted(rules | packs) if name.startswith(last)]


advisories = click.option(
    "--advisories", type=click.Path(exists=True, path_type=Path), help="Folder or zip of OSV documents to ask, not the network."
)
base = click.option("--base", default="", metavar="REV", help="The commit whose roadmap and settings today's are held against.")
evidence = click.option(
    "--evidence", "files", multiple=True, type=click.Path(path_type=Path), help="Figures of another tool; may repeat."
)
fetch = click.option("--fetch", is_flag=True, help="Ask Prometheus and Sentry, where the settings name them.")
history = click.option("--history", metavar="PLACE", help="The history: a file, or a URL such as postgresql://user@server/name.")
no_deps = click.option("--no-deps", is_flag=True, help="Leave the dependency audit out.")
roadmap = click.option(
    "--roadmap", type=click.Path(exists=True, path_type=Path), help="The roadmap, where it is not PATH/roadmap.toml."
)
rules = click.option(
    "--rules", "extra", multiple=True, type=click.Path(exists=True, path_type=Path), help="Another folder of rules."
)
select = click.option(
    "--select",
    multiple=True,
    metavar="RULE",
    shell_complete=completed,
    help="Only this rule or pack, whatever the settings select; may repeat.",
)
ignore = click.option(
    "--ignore",
    multiple=True,
    metavar="RULE",
    shell_complete=completed,
    help="Not this rule or pack, for this run; may repeat.",
)
settings = click.option("--settings", type=click.Path(exists=True, path_type=Path), help="Settings instead of the project's own.")
