"""The tree of commands, as the guards and the documentation walk it."""

from collections.abc import Iterator

import click

from auditor.cli.main import cli


def every() -> list[tuple[str, click.Command]]:
    """All commands with what a user types for them, in the order of the help; groups before their members."""
    return [("auditor", cli), *_below("auditor", cli)]


def _below(typed: str, group: click.Group) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group, info_name=typed)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{typed} {name}", command
        if isinstance(command, click.Group):
            yield from _below(f"{typed} {name}", command)


def help_text(typed: str, command: click.Command) -> str:
    """What `--help` prints on a terminal of 100 columns."""
    context = click.Context(command, info_name=typed, terminal_width=100, help_option_names=["-h", "--help"])
    lines = command.get_help(context).splitlines()
    return "\n".join(line.rstrip() for line in lines)
