"""The command `auditor`: its groups of commands, and what becomes of every error."""

import gc
import importlib
import os
import sys

import click

from auditor import __version__
from auditor.model.closest import closest
from auditor.model.errors import AuditorError

SECTIONS: dict[str, dict[str, str]] = {
    "Audit": {
        "audit": "auditor.cli.audit:command",
        "check": "auditor.cli.check:command",
        "baseline": "auditor.cli.baseline:command",
        "deps": "auditor.cli.deps:deps",
        "roadmap": "auditor.cli.roadmap:roadmap",
        "evidence": "auditor.cli.evidence:evidence",
        "report": "auditor.cli.report:command",
        "history": "auditor.cli.history:history",
    },
    "Look closer": {
        "routes": "auditor.cli.routes:routes",
        "paths": "auditor.cli.paths:paths",
        "explain": "auditor.cli.explain:command",
    },
    "More": {
        "rules": "auditor.cli.rules:command",
        "try": "auditor.cli.trial:command",
        "knowledge": "auditor.cli.knowledge:command",
        "schedule": "auditor.cli.schedule:command",
        "schema": "auditor.cli.schema:command",
        "completion": "auditor.cli.completion:command",
    },
}
"""The commands as the help groups them, each with the place of its click object: loaded when it is asked for."""
NAMED_ONLY = "More"
"""The section whose commands the help of the whole only names, so that it fits a screen."""


class Commands(click.Group):
    """A group whose commands are imported one by one, so that `auditor check` pays for no other."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for section in SECTIONS.values() for name in section]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        for section in SECTIONS.values():
            if cmd_name in section:
                module, _, name = section[cmd_name].partition(":")
                command: click.Command = getattr(importlib.import_module(module), name)
                return command
        return None

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = closest(args[0], self.list_commands(ctx))
            if near:
                raise click.UsageError(f"No such command {args[0]!r}. Did you mean {near!r}?", ctx) from error
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, section in SECTIONS.items():
            if title == NAMED_ONLY:
                formatter.write(f"{title}: {', '.join(section)}\n")
                continue
            formatter.write_heading(title)
            with formatter.indentation():
                commands = [(name, self.get_command(ctx, name)) for name in section]
                formatter.write_dl([(name, found.get_short_help_str(62)) for name, found in commands if found is not None])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="auditor")
def cli() -> None:
    """Example: auditor audit . --format html --output report.html

    Measures Python code and its dependencies against a roadmap's promises.
    """


def main() -> None:
    """Runs the command line and ends the process: 0 clean, 1 gate failed, 2 usage, 3 failed or could not judge."""
    gc.disable()  # a short life with millions of values that nothing ties into circles
    try:
        code = cli.main(prog_name="auditor", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except AuditorError as error:
        click.echo(f"auditor: {error}", err=True)
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort):
        click.echo("auditor: stopped", err=True)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # noqa: BLE001  whatever happens, the user gets a sentence, not a traceback
        _confess(error)
        sys.exit(3)


def _confess(error: Exception) -> None:
    """Says that the tool itself failed; the traceback only where `AUDITOR_DEBUG` asks for it."""
    import traceback

    if os.environ.get("AUDITOR_DEBUG"):
        traceback.print_exc()
    if isinstance(error, ModuleNotFoundError) and not (error.name or "auditor").startswith("auditor"):
        told = f"auditor: {error.name} is not installed\n  hint: install auditor with what it needs: pip install . in its folder"
        click.echo(told, err=True)
        return
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{os.path.basename(last.filename)}:{last.lineno}"
    click.echo(
        f"auditor: failed at {where}: {type(error).__name__}: {error}\n"
        "  hint: this is a defect of auditor; AUDITOR_DEBUG=1 shows the traceback",
        err=True,
    )
