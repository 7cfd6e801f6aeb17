"""`auditor completion`: the script that makes a shell complete the command's words."""

import click
from click.shell_completion import get_completion_class


@click.command(short_help="Print a shell's completion script.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Example: auditor completion bash >> ~/.bashrc

    Prints the script that completes commands, options, rules and file names in SHELL.
    """
    kind = get_completion_class(shell)
    if kind is not None:
        click.echo(kind(ctx.find_root().command, {}, "auditor", "_AUDITOR_COMPLETE").source())
