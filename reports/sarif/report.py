"""The audit as SARIF 2.1.0 (OASIS, errata 01): one run, its rules, results, what failed, and CWE as the taxonomy.

Limits are those of GitHub's code scanning: 25,000 results a run, texts of 1,024 characters, 20 tags a rule.
"""

import json
import re
from urllib.parse import quote

from auditor.report import KINDS, Finding, Gap, Location, PackageRow, Report, RuleInfo, View, cut, visible

Json = dict[str, object]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS = 25_000
MOST_TEXT = 1024
LEVELS = {"critical": "error", "high": "error", "medium": "warning", "low": "note", "info": "note"}
SCORES = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "2.5", "info": "0.0"}
"""For `security-severity`: the middle of CVSS's range of that name."""
NOTES = {kind: words[0] for kind, words in KINDS.items()} | {"cut": "results beyond the limit of a run"}
NOTE_LEVELS = {"crashed": "error", "left-out": "note"}


class Sarif(Report):
    """Paths are relative to `SRCROOT`, so that a log names no machine; columns count Unicode code points."""

    name = "sarif"
    suffix = ".sarif"
    title = "SARIF 2.1.0, for code scanning and editors"

    def render(self, view: View) -> str:
        log: Json = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(view)]}
        return json.dumps(log, indent=1, ensure_ascii=False) + "\n"


def _run(view: View) -> Json:
    shot = view.snapshot
    rules = sorted({rule.id: rule for rule in (*shot.rules, *(g.rule for g in view.groups))}.values(), key=lambda r: r.id)
    order = {rule.id: index for index, rule in enumerate(rules)}
    weaknesses = sorted({number for rule in rules for number in rule.cwe})
    findings = sorted((*view.counted, *view.suppressed), key=lambda finding: finding.sort_key)[:MOST_RESULTS]
    run: Json = {
        "tool": {"driver": _driver(view, rules, weaknesses)},
        "automationDetails": {"id": f"auditor/{quote(visible(shot.project), safe='')}/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The root of the audited project."}}},
        "invocations": [_invocation(view, order)],
        "results": [_result(finding, order[finding.rule]) for finding in findings],
        "properties": {
            "project": visible(shot.project),
            "commit": shot.commit,
            "grade": view.verdict.grade.letter,
            "verdict": view.outcome,
            "reasons": [visible(reason) for reason in view.verdict.reasons],
            "dependencies": [_package(row) for row in view.packages],
        },
    }
    if weaknesses:
        run["taxonomies"] = [_taxonomy(weaknesses)]
    if shot.commit and shot.repository:
        source: Json = {"repositoryUri": shot.repository, "revisionId": shot.commit, "mappedTo": {"uriBaseId": "SRCROOT"}}
        run["versionControlProvenance"] = [source]
    return run


def _driver(view: View, rules: list[RuleInfo], weaknesses: list[int]) -> Json:
    version = view.snapshot.tool_version
    driver: Json = {
        "name": "auditor",
        "version": version,
        "rules": [_rule(rule, view) for rule in rules],
        "notifications": [{"id": id_, "shortDescription": {"text": text}} for id_, text in NOTES.items()],
    }
    if re.fullmatch(r"\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?", version):
        driver["semanticVersion"] = version
    if weaknesses:
        driver["supportedTaxonomies"] = [{"name": "CWE", "index": 0}]
    return driver


def _rule(rule: RuleInfo, view: View) -> Json:
    pack = rule.id.partition("/")[0]
    why = rule.why or rule.title
    score = _score(rule, view)
    tags = [*(["security"] if score and pack != "security" else []), pack]
    properties: Json = {
        "tags": [*tags, *(f"external/cwe/cwe-{number:03d}" for number in rule.cwe)][:20],
        "problem.severity": {"error": "error", "warning": "warning"}.get(LEVELS[rule.severity], "recommendation"),
        "version": rule.version,
    }
    if score:
        properties["security-severity"] = score
    described: Json = {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in re.split(r"[^A-Za-z0-9]+", rule.id.rpartition("/")[2])),
        "shortDescription": {"text": cut(visible(rule.title), MOST_TEXT)},
        "fullDescription": {"text": cut(visible(" ".join(why.split())), MOST_TEXT)},
        "help": {"text": visible(why, keep="\n"), "markdown": _help(rule, why)},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": properties,
    }
    if rule.cwe:
        described["relationships"] = [
            {"target": {"id": str(number), "toolComponent": {"name": "CWE", "index": 0}}, "kinds": ["superset"]}
            for number in rule.cwe
        ]
    return described


def _package(row: PackageRow) -> Json:
    """A dependency as the other reports' tables show it."""
    return {name: visible(text) for name in PackageRow.__struct_fields__ if (text := getattr(row, name))}


def _score(rule: RuleInfo, view: View) -> str:
    """The score of a security rule: the highest CVSS of its findings, else the middle of its severity's range; empty
    for a rule that is not about security."""
    scores = [f.facts["cvss"] for f in (*view.counted, *view.suppressed) if f.rule == rule.id and "cvss" in f.facts]
    known = [float(score) for score in scores if re.fullmatch(r"\d{1,2}(\.\d+)?", score)]
    if known:
        return f"{max(known):.1f}"
    return SCORES[rule.severity] if scores or rule.id.startswith("security/") else ""


def _help(rule: RuleInfo, why: str) -> str:
    links = ", ".join(f"[CWE-{n}](https://cwe.mitre.org/data/definitions/{n}.html)" for n in rule.cwe)
    parts = [f"**{visible(rule.title)}** (`{rule.id}`)", visible(why, keep="\n"), links and f"Weakness: {links}"]
    return "\n\n".join(part for part in parts if part)


def _result(finding: Finding, index: int) -> Json:
    result: Json = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "kind": "fail",
        "level": LEVELS[finding.severity],
        "message": _message(finding.message),
        "locations": [_location(finding.location)] if finding.location.path else [],
        "partialFingerprints": {"auditor/v1": finding.fingerprint, "primaryLocationLineHash": f"{finding.fingerprint}:1"},
        "rank": {"high": 90.0, "medium": 60.0, "low": 30.0}[finding.confidence],
        "properties": {
            "severity": finding.severity,
            "confidence": finding.confidence,
            **{visible(key): visible(value) for key, value in finding.facts.items()},
        },
    }
    if finding.path:
        steps = [{"location": _location(hop.location, hop.text)} for hop in finding.path]
        result["codeFlows"] = [{"threadFlows": [{"locations": steps}]}]
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, **_location(other.location, other.text or "belongs to it")}
            for number, other in enumerate(finding.related, 1)
        ]
    result["suppressions"] = _suppressions(finding)
    return result


def _suppressions(finding: Finding) -> list[Json]:
    """An empty list says that the result was looked at and is not suppressed."""
    if finding.suppressed is None:
        return []
    until = f" (until {finding.suppressed.until})" if finding.suppressed.until else ""
    return [
        {
            "kind": "inSource" if finding.suppressed.kind == "comment" else "external",
            "status": "accepted",
            "justification": visible(finding.suppressed.reason) + until,
        }
    ]


def _message(text: str) -> Json:
    """Plain text: brackets that SARIF would read as a link are escaped."""
    safe = visible(text) or "no message"
    return {"text": re.sub(r"([\[\]])", r"\\\1", safe) if "](" in safe else safe}


def _location(place: Location, text: str = "") -> Json:
    uri = quote(place.path, safe="/", errors="surrogateescape")
    physical: Json = {"artifactLocation": {"uri": uri, "uriBaseId": "SRCROOT"}}
    if place.line > 0:
        physical["region"] = _region(place)
    return {"physicalLocation": physical, **({"message": _message(text)} if text else {})}


def _region(place: Location) -> Json:
    """Columns from 1, the last one exclusive, as SARIF counts; an end that lies before the start is left out."""
    region: Json = {"startLine": place.line, "startColumn": max(place.column, 1)}
    if place.end_line >= place.line and place.end_line > 0:
        region["endLine"] = place.end_line
        if place.end_column > 0 and (place.end_line, place.end_column) >= (place.line, place.column):
            region["endColumn"] = place.end_column
    return region


def _invocation(view: View, order: dict[str, int]) -> Json:
    shot = view.snapshot
    notes = [_note(gap, order) for gap in (*view.gaps, *view.left_out)]
    missing = len(view.counted) + len(view.suppressed) - MOST_RESULTS
    if missing > 0:
        notes.append(_note(Gap("cut", f"{missing:,} results", "the least grave of them are in the JSON report only"), order))
    invocation: Json = {
        "executionSuccessful": not shot.crashed and view.verdict.exit_code != 3,
        "exitCode": view.verdict.exit_code,
        "exitCodeDescription": view.outcome,
        "toolExecutionNotifications": notes,
    }
    if re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", shot.taken_at):
        invocation["endTimeUtc"] = shot.taken_at[:19] + "Z"
    if view.command:
        invocation["commandLine"] = visible(view.command)
    return invocation


def _note(gap: Gap, order: dict[str, int]) -> Json:
    note: Json = {
        "descriptor": {"id": gap.kind, "index": list(NOTES).index(gap.kind)},
        "level": NOTE_LEVELS.get(gap.kind, "warning"),
        "message": _message(f"{gap.what}: {gap.why}"),
    }
    if gap.path:
        note["locations"] = [_location(Location(gap.path, gap.line))]
    if gap.kind == "crashed":
        note["associatedRule"] = {"id": gap.what, **({"index": order[gap.what]} if gap.what in order else {})}
        note["exception"] = {"message": visible(gap.detail.strip().rpartition("\n")[2])}
    return note


def _taxonomy(weaknesses: list[int]) -> Json:
    return {
        "name": "CWE",
        "organization": "MITRE",
        "informationUri": "https://cwe.mitre.org/",
        "shortDescription": {"text": "Common Weakness Enumeration"},
        "isComprehensive": False,
        "taxa": [
            {"id": str(number), "helpUri": f"https://cwe.mitre.org/data/definitions/{number}.html"} for number in weaknesses
        ],
    }
