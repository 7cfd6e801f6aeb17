"""Findings in GitLab's code quality format, which is a subset of Code Climate's."""

import msgspec

from auditor.report import Finding, Report, View, visible

SEVERITIES = {"critical": "blocker", "high": "critical", "medium": "major", "low": "minor", "info": "info"}


class Gitlab(Report):
    """Findings that count, gravest first. The fingerprint survives edits above a finding, so the widget knows new from old."""

    name = "gitlab"
    title = "GitLab's code quality report (artifacts: reports: codequality)"

    def render(self, view: View) -> bytes:
        return msgspec.json.format(msgspec.json.encode([_issue(one) for one in view.counted]), indent=2) + b"\n"


def _issue(finding: Finding) -> dict[str, object]:
    place = finding.location
    return {
        "description": visible(finding.message),
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint,
        "severity": SEVERITIES[finding.severity],
        "location": {"path": visible(place.path) or ".", "lines": {"begin": max(place.line, 1)}},
    }
