"""Accepted risks: their findings stay and do not count until the day has passed."""

from datetime import date

from auditor.model.finding import Confidence, Finding, Location, Severity
from auditor.model.policy import Accepted
from auditor.run.accepted import accepted, lapsed

HOLE = Finding(
    "dependencies/vulnerable",
    Severity.HIGH,
    Confidence.HIGH,
    Location("requirements.txt", 3),
    "a hole",
    facts={"advisory": "PYSEC-1", "aliases": "CVE-2026-1, GHSA-x"},
)


def test_a_risk_named_by_an_alias_suppresses_its_finding_with_the_reason_and_the_day() -> None:
    (finding,) = accepted(
        [HOLE], (Accepted("CVE-2026-1", "not reached", "2026-06-30", "Ada"),), "auditor.toml", date(2026, 6, 30)
    )
    assert finding.suppressed is not None
    assert (finding.suppressed.reason, finding.suppressed.until) == ("not reached (Ada)", "2026-06-30")


def test_past_its_day_the_risk_counts_again_and_is_itself_a_finding() -> None:
    risk = Accepted("PYSEC-1", "not reached", "2026-06-29")
    finding, expired = accepted([HOLE], (risk,), "auditor.toml", date(2026, 6, 30))
    assert finding == HOLE
    assert (expired.rule, expired.location.path) == ("security/expired-decision", "auditor.toml")


def test_a_risk_of_another_advisory_changes_nothing() -> None:
    assert list(accepted([HOLE], (Accepted("CVE-2026-2", "other"),), "auditor.toml", date(2026, 1, 1))) == [HOLE]


def test_a_package_that_may_wait_no_more_is_told() -> None:
    (finding,) = lapsed({"pay": "2026-06-29", "tax": "2026-06-30"}, "auditor.toml", date(2026, 6, 30))
    assert (finding.rule, finding.facts["package"]) == ("security/expired-decision", "pay")
