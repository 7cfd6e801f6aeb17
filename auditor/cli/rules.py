"""`auditor rules`: what is checked."""

from pathlib import Path

import click


@click.command(short_help="List the rules.")
@click.option("--rules", "extra", multiple=True, type=click.Path(path_type=Path), help="Another folder of rules.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="json is for programs."
)
def command(extra: tuple[Path, ...], form: str) -> None:
    """Example: auditor rules

    Lists every rule with its severity and what it flags, pack by pack.
    """
    from auditor.packs.rules import info, load_rules, places

    rules = info(load_rules(places(extra)))
    if form == "json":
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(rules), indent=2).decode())
        return
    width = max(len(rule.id) for rule in rules)
    for rule in rules:
        click.echo(f"{rule.id:<{width}}  {rule.severity:<8}  {rule.title}")
