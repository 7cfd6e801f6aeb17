"""`auditor schedule`: what to paste where, so that a report goes out by itself once a week."""

import shlex
from datetime import datetime

import click

from auditor.cli.dispatch import SENDERS

DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
SECRETS = {
    "email": ("AUDITOR_SMTP_HOST", "AUDITOR_SMTP_USER", "AUDITOR_SMTP_PASSWORD", "AUDITOR_MAIL_FROM", "AUDITOR_MAIL_TO"),
    "slack": ("AUDITOR_SLACK_WEBHOOK",),
    "push": ("AUDITOR_PUSH_GATEWAY",),
    "file": (),
}
GITHUB = """name: {report} report
on:
  schedule:
    - cron: "{minute} {hour} * * {day}"   # UTC; GitHub may start it some minutes late
  workflow_dispatch:
permissions:
  contents: read
concurrency: auditor-{report}   # one at a time: the book of what was sent is one file
jobs:
  report:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0   # hot spots and ages come from the history
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - uses: actions/cache@v4   # the history, and the book that keeps a report from being sent twice
        with:
          path: .auditor-state
          key: auditor-${{{{ github.run_id }}}}
          restore-keys: auditor-
      - run: pip install 'auditor[reports] @ git+<where auditor lives>'
      - run: {command}
        env:
          AUDITOR_STATE: .auditor-state
          AUDITOR_HISTORY: .auditor-state/history.sqlite3{environment}
"""
GITLAB = """# .gitlab-ci.yml; then Build > Pipeline schedules > New schedule: "{minute} {hour} * * {day}", cron time zone UTC,
# and the variables {variables} under Settings > CI/CD > Variables, masked.
{report}-report:
  image: python:3.12
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
  resource_group: auditor-{report}   # one at a time
  variables:
    GIT_DEPTH: 0
    AUDITOR_STATE: .auditor-state
    AUDITOR_HISTORY: .auditor-state/history.sqlite3
  cache:
    key: auditor-state
    paths: [.auditor-state]
  script:
    - pip install 'auditor[reports] @ git+<where auditor lives>'
    - {command}
"""


@click.command(short_help="Print what makes a report go out every Friday.")
@click.option("--report", default="weekly", show_default=True, metavar="NAME", help="Which report.")
@click.option("--send", "channels", multiple=True, type=click.Choice(list(SENDERS)), help="Where to; email unless told.")
@click.option("--day", type=click.Choice(DAYS), default="friday", show_default=True, help="On which day.")
@click.option("--at", type=click.DateTime(["%H:%M"]), default="15:00", show_default=True, metavar="HH:MM", help="When, in UTC.")
@click.option("--for", "system", type=click.Choice(["cron", "github", "gitlab"]), help="Only for this one; all unless told.")
def command(report: str, channels: tuple[str, ...], day: str, at: datetime, system: str | None) -> None:
    """Example: auditor schedule --send email --send slack

    Prints a line for cron, a workflow for GitHub and a job for GitLab that make and send a report once a week. It changes
    nothing. No secret stands in what it prints: only the names of the variables that hold them.
    """
    from auditor.packs.reports import load_report

    load_report(report)
    ways = channels or ("email",)
    words = ["auditor", "report", report, ".", "--save", *(word for way in ways for word in ("--send", way))]
    names = tuple(dict.fromkeys(name for way in ways for name in SECRETS[way]))
    told = {"report": report, "command": shlex.join(words), "minute": at.minute, "hour": at.hour, "day": DAYS.index(day)}
    secrets = "".join(f"\n          {name}: ${{{{ secrets.{name} }}}}" for name in names)
    parts = {
        "cron": f"# crontab -e; the variables {_listed(names)} stand in a file that only you can read\nCRON_TZ=UTC\n"
        "{minute} {hour} * * {day}  cd /path/to/project && . ~/.config/auditor.env && {command}\n".format(**told),
        "github": "# .github/workflows/" + report + "-report.yml\n" + GITHUB.format(environment=secrets, **told),
        "gitlab": GITLAB.format(variables=_listed(names), **told),
    }
    click.echo("\n".join(text for name, text in parts.items() if system in (None, name)), nl=False)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "(none)"
