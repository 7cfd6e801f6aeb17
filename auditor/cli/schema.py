"""`auditor schema`: the form of the JSON report."""

import json

import click


@click.command(short_help="Print the JSON report's JSON Schema.")
def command() -> None:
    """Example: auditor schema > auditor.schema.json

    Prints the JSON Schema (2020-12) that every JSON report fulfils.
    """
    from auditor.report.told.document import schema

    click.echo(json.dumps(schema(), indent=2, sort_keys=True))
