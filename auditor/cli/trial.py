"""`auditor try`: a rule folder's own examples."""

from pathlib import Path

import click


@click.command(short_help="Run a rule folder's own examples.")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    """Example: auditor try rules/errors

    Runs every rule of FOLDER (a pack, or a folder of packs) on its own bad and good examples. Exit code 1 where a marked
    line is not flagged or another one is.
    """
    from auditor.model.errors import AuditorError
    from auditor.packs.rules import in_folder
    from auditor.run.examples import Trial, trials

    def told(trial: Trial) -> None:
        click.echo(
            f"{trial.rule} {trial.kind} {trial.number}: expected {_lines(trial.expected)}, flagged {_lines(trial.flagged)}"
        )
        if trial.crashed:
            click.echo(trial.crashed)

    outcomes = [trial for place in in_folder(folder.resolve()) for trial in trials(place)]
    if not outcomes:
        raise AuditorError(
            f"{folder}: holds no rules", "docs/writing-rules.md says how a rule is written; `auditor rules` lists ours"
        )
    wrong = [trial for trial in outcomes if not trial.right]
    for trial in wrong:
        told(trial)
    rules = len({trial.rule for trial in outcomes})
    click.echo(f"{rules} rules, {len(outcomes)} examples, {len(wrong)} wrong")
    raise click.exceptions.Exit(1 if wrong else 0)


def _lines(places: tuple[tuple[str, int], ...]) -> str:
    return ", ".join(f"{path}:{line}" for path, line in places) or "nothing"
