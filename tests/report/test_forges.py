"""What build servers and forges read: JUnit XML, GitHub's commands, GitLab's code quality, each by its own rules."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as Xml

from hypothesis import given

from auditor.packs.reports import load_report
from auditor.report.view import View
from tests.report import sample
from tests.report.hostile import filled, texts

COMMAND = re.compile(r"::(error|warning|notice) ([^:\n]*)::([^\n]*)\Z")


def test_junit_counts_what_it_holds(view: View) -> None:
    suite = Xml.fromstring(load_report("junit").render(view)).find("testsuite")
    assert suite is not None
    cases = suite.findall("testcase")
    assert int(suite.get("tests", "")) == len(cases)
    assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure")) == len(view.counted) + 1
    assert int(suite.get("skipped", "")) == len(view.suppressed)
    assert int(suite.get("errors", "")) == len(view.snapshot.crashed)
    (pay,) = [case for case in cases if "KeyError" in case.get("name", "")]
    assert pay.get("file") == "shop/orders/views.py"
    assert "may raise KeyError" in (pay.findtext("failure") or "")


def test_junit_is_never_green_where_nothing_was_judged() -> None:
    suite = Xml.fromstring(load_report("junit").render(sample.empty())).find("testsuite")
    assert suite is not None
    assert suite.get("errors") == "1"


@given(texts)
def test_junit_is_xml_whatever_it_shows(text: str) -> None:
    plain = [element.tag for element in Xml.fromstring(load_report("junit").render(filled("x"))).iter()]
    assert [element.tag for element in Xml.fromstring(load_report("junit").render(filled(text))).iter()] == plain


@given(texts)
def test_no_text_makes_a_command_of_its_own(text: str) -> None:
    lines = str(load_report("github").render(filled(f"{text}\n::error::x\r::set-output name=a::b"))).splitlines()
    assert len(lines) == 2
    for line in lines:
        found = COMMAND.match(line)
        assert found, line
        assert {pair.partition("=")[0] for pair in found[2].split(",")} <= {"file", "line", "col", "endLine", "title"}


def test_many_findings_are_cut_to_what_github_shows_and_counted(tmp_path: Path) -> None:
    lines = str(load_report("github").render(sample.sample(tmp_path, sample.many(80)))).splitlines()
    assert len(lines) == 51
    assert "30 more findings" in lines[-1]


def test_gitlab_gets_what_its_widget_needs(view: View) -> None:
    issues = json.loads(load_report("gitlab").render(view))
    assert len(issues) == len(view.counted)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert {issue["severity"] for issue in issues} <= {"info", "minor", "major", "critical", "blocker"}
    assert all(issue["location"]["lines"]["begin"] >= 1 and issue["location"]["path"] for issue in issues)
    assert not issues[0]["location"]["path"].startswith("./")
