"""Remarks in places whose job is security: what the code's own names alone say is asked for all the same."""

import pytest

from auditor.facts.screen import screen
from auditor.packs.rules import load_rules, places
from auditor.rule.api import FileRule


@pytest.mark.parametrize(
    ("remark", "confidence"),
    [
        ("TODO: check login.request.forceAuthn", "high"),
        ("TODO: check if we can tell the other entries of login.requests, too", "low"),
        ("FIXME: redesign security from scratch", "high"),
        ("TODO: completely rework the security of votes", "high"),
    ],
)
def test_a_check_of_something_in_the_code_is_asked_for(remark: str, confidence: str) -> None:
    (rule,) = load_rules(tuple(place for place in places() if place.id == "security/todo"))
    assert isinstance(rule, FileRule)
    text = f"def login_checks(request):\n    # {remark}\n    pass\n"
    (finding,) = rule.check(screen("shop/orders.py", text.encode()).facts)
    assert finding.confidence.value == confidence
