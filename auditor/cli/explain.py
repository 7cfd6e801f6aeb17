"""`auditor explain`: why a rule exists and what it flags, or how a grade comes about."""

import textwrap
from pathlib import Path

import click

from auditor.cli.options import completed
from auditor.model.closest import closest
from auditor.model.errors import AuditorError


@click.command(short_help="Explain a rule, or how the grade is worked out.")
@click.argument("subject", metavar="ID", shell_complete=completed)
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path())
@click.option("--rules", "extra", multiple=True, type=click.Path(path_type=Path), help="Another folder of rules.")
def command(subject: str, path: Path, extra: tuple[Path, ...]) -> None:
    """Example: auditor explain errors/lost-cause

    Says why the rule ID exists, with code it flags and code it leaves alone. `auditor explain grade [PATH]` audits PATH
    and works its grade out line by line.
    """
    if subject == "grade":
        from auditor.cli.audit import grade_of

        click.echo(grade_of(path))
        return
    if subject.startswith("contract/"):
        _explain_contract(subject)
        return
    from auditor.packs.rules import load_rules, places

    known = {place.id: place for place in places(extra)}
    if subject not in known:
        near = closest(subject, known, 0.4)
        raise AuditorError(f"no rule {subject}", f"did you mean {near}?" if near else "`auditor rules` lists them")
    (rule,) = load_rules((known[subject],))
    click.echo(f"{rule.id}: {rule.title} ({rule.severity.value})\n\n{type(rule).why()}\n")
    for heading, examples in (("Flagged (the marked lines)", rule.bad), ("Left alone", rule.good)):
        click.echo(f"{heading}:\n")
        for example in examples:
            click.echo(textwrap.indent(textwrap.dedent(example).strip("\n"), "    ") + "\n")
    ids = ", ".join(f"CWE-{number}" for number in rule.cwe)
    click.echo(f"{ids}\n" if ids else "", nl=False)
    click.echo(f"Switch off one place:  # auditor: ignore[{rule.id}] until YYYY-MM-DD: the reason")


def _explain_contract(subject: str) -> None:
    """The rules of the contract stand in no folder: they compare two states of roadmap and settings."""
    from auditor.run.contract import infos

    known = {info.id: info for info in infos()}
    if subject not in known:
        raise AuditorError(f"no rule {subject}", f"there are {', '.join(sorted(known))}")
    info = known[subject]
    click.echo(f"{info.id}: {info.title} ({info.severity})\n\n{info.why}\n")
    click.echo("Held against an earlier commit: --base REV, or `base` in [tool.auditor.roadmap]; see docs/contract.md")
