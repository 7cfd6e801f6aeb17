"""The audit as a self-contained page."""

import msgspec

from auditor.report import Group, Report, View

MOST_FINDINGS = 4000
"""Findings written out on the page, gravest first; the rest are counted there and stand in the JSON report."""
MOST_CODE = 1_100_000
"""Characters of code on the page: keeps 2,000 findings under three megabytes."""


class Html(Report):
    """Styles and script stand in the page, and its content security policy lets nothing in or out."""

    name = "html"
    suffix = ".html"
    title = "one self-contained page for people: grade, sprints, findings with their code"

    def render(self, view: View) -> str:
        return self.template("page.html", _fitting(view))


def _fitting(view: View) -> View:
    """The view with as many findings and as much code as a browser opens at once."""
    left = MOST_CODE
    excerpts = {}
    for finding in (*view.counted, *view.suppressed):
        excerpt = view.excerpt(finding)
        if excerpt is not None:
            left -= sum(len(line) + 16 for line in excerpt.lines)
            if left < 0:
                break
            excerpts[finding.location.path, finding.location.line] = excerpt
    if len(view.counted) + len(view.suppressed) <= MOST_FINDINGS:
        return msgspec.structs.replace(view, excerpts=excerpts)
    kept = {id(finding) for finding in (*view.counted, *view.suppressed)[:MOST_FINDINGS]}
    groups = tuple(_shortened(group, kept) for group in view.groups)
    return msgspec.structs.replace(view, excerpts=excerpts, groups=groups)


def _shortened(group: Group, kept: set[int]) -> Group:
    findings = tuple(finding for finding in group.findings if id(finding) in kept)
    return msgspec.structs.replace(group, findings=findings)
