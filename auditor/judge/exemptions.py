"""What the team has decided to live with: which decisions hold, which end soon, which have ended, and whose they are."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from auditor.model.finding import Finding
from auditor.model.policy import Supply
from auditor.model.review import Exemption, Standing

SOON_DAYS = 30
KINDS = {"comment": "suppression", "accepted": "accepted risk", "settings": "left out by the settings"}
EXPIRED = "security/expired-decision"
"""The rule whose findings are decisions that have ended."""

Owners = Mapping[tuple[str, int], str]
"""Who wrote a line, by path and line."""


def exemptions(findings: Iterable[Finding], supply: Supply, owners: Owners, today: date) -> tuple[Exemption, ...]:
    """All of them: those that ended first, then by the day on which they end, those without an end last."""
    found = [*_in_code(findings, supply, owners, today), *_in_settings(supply, today)]
    order = [Standing.ENDED, Standing.ENDING, Standing.ACTIVE]
    unique = {(one.kind, one.what, one.place): one for one in found}
    return tuple(sorted(unique.values(), key=lambda one: (order.index(one.standing), one.until or "9", one.place, one.what)))


def places(findings: Iterable[Finding]) -> dict[str, list[int]]:
    """The lines on which exemptions stand in the code, by path: for finding out whose they are."""
    found: dict[str, list[int]] = {}
    for finding in findings:
        line = _line(finding)
        if line and finding.location.path:
            found.setdefault(finding.location.path, []).append(line)
    return found


def _line(finding: Finding) -> int:
    """Where a finding's exemption is written, 0 where it has none in the code."""
    if finding.suppressed is not None:
        return finding.suppressed.line
    return finding.location.line if finding.rule == EXPIRED else 0


def _in_code(findings: Iterable[Finding], supply: Supply, owners: Owners, today: date) -> Iterator[Exemption]:
    risks = {f"{risk.reason} ({risk.who})" if risk.who else risk.reason for risk in supply.accepted}
    for finding in findings:
        path, off = finding.location.path, finding.suppressed
        who = owners.get((path, _line(finding)), "")
        if finding.rule == EXPIRED and _is_day(finding.facts.get("until", "")) and "who" not in finding.facts:
            standing, left = _standing(finding.facts["until"], today)
            reason = finding.facts.get("reason", "")
            place = f"{path}:{finding.location.line}"
            yield Exemption(
                "suppression", f"suppression of {finding.facts.get('rules', 'all')}", place, reason, finding.facts["until"], who,
                standing, left, finding.fingerprint,
            )  # fmt: skip
        elif off is not None and not (off.kind == "accepted" and off.reason in risks):
            standing, left = _standing(off.until, today)
            place = f"{path}:{off.line or finding.location.line}" if path else "the project"
            kind = KINDS.get(off.kind, off.kind)
            yield Exemption(kind, finding.message, place, off.reason, off.until, who, standing, left, finding.fingerprint)


def _in_settings(supply: Supply, today: date) -> Iterator[Exemption]:
    for risk in supply.accepted:
        standing, left = _standing(risk.until, today)
        yield Exemption("accepted risk", risk.id, "settings", risk.reason, risk.until, risk.who, standing, left)
    for package, until in sorted(supply.allow_unaudited.items()):
        standing, left = _standing(until, today)
        yield Exemption("package left unaudited", package, "settings", "", until, "", standing, left)


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _standing(until: str, today: date) -> tuple[Standing, int | None]:
    if not until:
        return Standing.ACTIVE, None
    left = (date.fromisoformat(until) - today).days
    return (Standing.ENDED if left < 0 else Standing.ENDING if left <= SOON_DAYS else Standing.ACTIVE), left
