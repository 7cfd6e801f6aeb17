"""Risks that a team lives with until a day: their findings are kept and do not count; past the day they are told."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from auditor.model.finding import Confidence, Finding, Location, Severity, Suppression, fingerprint
from auditor.model.policy import Accepted

RULE = "security/expired-decision"


def in_force(risks: tuple[Accepted, ...], today: date) -> tuple[Accepted, ...]:
    """The risks whose day has not passed."""
    return tuple(risk for risk in risks if not risk.until or date.fromisoformat(risk.until) >= today)


def accepted(findings: Iterable[Finding], risks: tuple[Accepted, ...], settings: str, today: date) -> Iterator[Finding]:
    """The findings of advisories, suppressed where one of the risks names the advisory or an alias of it and its day has
    not passed; then a finding for every risk whose day has. `settings` is the file that holds them.
    """
    holding = in_force(risks, today)
    for finding in findings:
        names = {finding.facts.get("advisory", ""), *finding.facts.get("aliases", "").split(", ")} - {""}
        risk = next((one for one in holding if one.id in names), None)
        if risk is not None:
            reason = f"{risk.reason} ({risk.who})" if risk.who else risk.reason
            facts = {name: text for name, text in (("who", risk.who), ("justification", risk.justification)) if text}
            suppressed = Suppression("accepted", reason, risk.until)
            finding = msgspec.structs.replace(finding, suppressed=suppressed, facts={**finding.facts, **facts})
        yield finding
    for risk in risks:
        if risk not in holding:
            yield Finding(
                rule=RULE,
                severity=Severity.MEDIUM,
                confidence=Confidence.HIGH,
                location=Location(settings, 1),
                message=f"the risk {risk.id} was accepted until {risk.until}, which has passed: it counts again",
                fingerprint=fingerprint(RULE, settings, risk.id, 0),
                facts={"until": risk.until, "who": risk.who},
            )


def lapsed(waits: Mapping[str, str], settings: str, today: date) -> Iterator[Finding]:
    """A finding for every package that was let go unaudited until a day which has passed."""
    for package, until in sorted(waits.items()):
        if date.fromisoformat(until) < today:
            yield Finding(
                rule=RULE,
                severity=Severity.MEDIUM,
                confidence=Confidence.HIGH,
                location=Location(settings, 1),
                message=f"{package} was let go unaudited until {until}, which has passed: it keeps a run from green again",
                fingerprint=fingerprint(RULE, settings, package, 0),
                facts={"package": package, "until": until},
            )
