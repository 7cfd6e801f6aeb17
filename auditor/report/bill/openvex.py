"""What a team says of the risks that it lives with, as an OpenVEX 0.2.0 document."""

import hashlib
import json

from auditor.model.finding import Finding
from auditor.report.bill.purl import purl
from auditor.report.view import View
from auditor.report.visible import visible

CONTEXT = "https://openvex.dev/ns/v0.2.0"


def openvex(view: View) -> str:
    """One statement an accepted risk. With a justification in the settings the project is not affected; without one it is, and
    the reason stands as what is done about it. Risks past their day are in force no more and are left out.
    """
    shot = view.snapshot
    accepted = [
        one for one in view.suppressed if one.suppressed and one.suppressed.kind == "accepted" and "advisory" in one.facts
    ]
    statements = [_statement(finding, shot.project, shot.commit) for finding in accepted]
    body = {
        "@context": CONTEXT,
        "author": visible(", ".join(sorted({one.facts["who"] for one in accepted if "who" in one.facts}))) or "unnamed",
        "timestamp": shot.taken_at,
        "version": 1,
        "tooling": f"auditor {shot.tool_version}",
        "statements": statements,
    }
    name = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    return json.dumps({"@context": CONTEXT, "@id": f"urn:auditor:vex:{name}", **body}, indent=1, ensure_ascii=False) + "\n"


def _statement(finding: Finding, project: str, commit: str) -> dict[str, object]:
    facts, decision = finding.facts, finding.suppressed
    assert decision is not None
    until = f" (accepted until {decision.until})" if decision.until else ""
    reason = visible(decision.reason) + until
    said: dict[str, object] = {"status": "affected", "action_statement": reason}
    if facts.get("justification"):
        said = {"status": "not_affected", "justification": facts["justification"], "impact_statement": reason}
    aliases = [visible(alias) for alias in facts.get("aliases", "").split(", ") if alias]
    package = purl(facts.get("package", ""), facts.get("version", "")).to_string()
    return {
        "vulnerability": {"name": visible(facts["advisory"]), **({"aliases": aliases} if aliases else {})},
        "products": [
            {"@id": purl(project, commit).to_string().replace("pkg:pypi/", "pkg:generic/"), "subcomponents": [{"@id": package}]}
        ],
        **said,
    }
