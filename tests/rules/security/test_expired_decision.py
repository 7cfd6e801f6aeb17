"""A suppression's date is judged by the day of the audit, which is given, never looked up."""

from datetime import date

import pytest

from auditor.facts.screen import screen
from auditor.model.finding import Finding
from auditor.packs.rules import load_rules, places
from auditor.paths.project import Project
from auditor.rule.api import ProjectRule

DATED = "pay()  # auditor: ignore[errors/broad-except] until 2026-03-31: the vendor raises anything\n"


def flagged(text: str, today: date, path: str = "a.py") -> list[Finding]:
    (rule,) = load_rules(tuple(place for place in places() if place.id == "security/expired-decision"))
    assert isinstance(rule, ProjectRule)
    return list(rule.check(Project({path: screen(path, text.encode()).facts}, today)))


@pytest.mark.parametrize(("today", "findings"), [(date(2026, 3, 30), 0), (date(2026, 3, 31), 0), (date(2026, 4, 1), 1)])
def test_a_decision_holds_through_its_last_day(today: date, findings: int) -> None:
    assert len(flagged(DATED, today)) == findings


def test_how_long_ago_it_ended_is_told() -> None:
    (finding,) = flagged(DATED, date(2026, 4, 10))
    assert "ended on 2026-03-31, 10 days ago" in finding.message
    assert finding.facts["reason"] == "the vendor raises anything"


@pytest.mark.parametrize("text", ["x()  # auditor: ignore\n", "x()  # auditor: ignore[errors] until 2030-01-01\n"])
def test_one_without_a_reason_is_flagged_whatever_its_date(text: str) -> None:
    (finding,) = flagged(text, date(2026, 1, 1))
    assert "gives no reason" in finding.message


@pytest.mark.parametrize("until", ["soon", "2026-02-30", "31.12.2026", "2026"])
def test_what_is_no_date_is_said_to_be_none(until: str) -> None:
    (finding,) = flagged(f"x()  # auditor: ignore[errors] until {until}: why\n", date(2026, 1, 1))
    assert "which is no date" in finding.message


def test_vendored_code_keeps_its_own_decisions() -> None:
    assert flagged(DATED, date(2027, 1, 1), "vendor/a.py") == []


@pytest.mark.parametrize(
    ("comment", "findings"),
    [
        ("# safely remove this (remove after 2026-03-16)", 1),
        ("# should be removed by 2026-03-16, the old clients are gone then", 1),
        ("# temporarily allowed until 2026-03-16: the auditor's vendor is slow", 1),
        ("# removed on 2026-03-16", 0),
        ("# rows from before 2026-03-16 have no sum", 0),
        ("# remove after 2026-03-61", 0),
        ("# remove after 2027-03-16", 0),
    ],
)
def test_a_decision_in_plain_words_ends_on_its_day(comment: str, findings: int) -> None:
    assert len(flagged(f"{comment}\nx = 1\n", date(2026, 9, 1))) == findings
