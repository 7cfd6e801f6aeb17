"""The audit as GitHub-flavoured Markdown that fits into one comment."""

import msgspec

from auditor.report import Report, View

MOST_CHARACTERS = 60_000
"""A comment on GitHub holds 65,536; GitLab and job summaries hold more."""
MOST_FINDINGS = 100


class Markdown(Report):
    """Shows as many findings, gravest first, as fit; says how many more there are."""

    name = "markdown"
    suffix = ".md"
    title = "Markdown for a pull request's comment or a job's summary"

    def render(self, view: View) -> str:
        shown = min(len(view.counted), MOST_FINDINGS)
        while True:
            text = self.template("comment.md", msgspec.structs.replace(view, counted=view.counted[:shown]))
            if len(text) <= MOST_CHARACTERS or not shown:
                return text
            shown //= 2
