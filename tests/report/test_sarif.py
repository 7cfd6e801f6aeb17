"""The SARIF report against the official schema, and what code-scanning services ask for beyond it."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given

from auditor.model.finding import Confidence, Finding, Location, Severity
from auditor.packs.reports import load_report
from auditor.report.view import View, build
from tests.report import sample
from tests.report.hostile import filled, texts

SCHEMA = json.loads((Path(__file__).parent.parent / "data" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


def run(view: View) -> dict[str, Any]:
    log = json.loads(load_report("sarif").render(view))
    VALIDATOR.validate(log)
    assert log["version"] == "2.1.0"
    assert len(log["runs"]) == 1
    only: dict[str, Any] = log["runs"][0]
    return only


@pytest.fixture(scope="module")
def full(view: View) -> dict[str, Any]:
    return run(view)


def result(full: dict[str, Any], rule: str) -> dict[str, Any]:
    return next(one for one in full["results"] if one["ruleId"] == rule)


def test_audits_of_nothing_and_without_findings_are_valid() -> None:
    assert run(sample.empty())["results"] == []
    assert run(sample.clean())["invocations"][0]["executionSuccessful"] is True


@given(texts)
def test_any_text_gives_a_valid_log(text: str) -> None:
    for place in run(filled(text))["results"][0]["locations"]:
        uri = place["physicalLocation"]["artifactLocation"]["uri"]
        assert uri.isascii()
        assert not set(uri) & set(' "<>\\^`{|}\n')


def test_every_result_points_to_its_rule_and_has_fingerprints(full: dict[str, Any]) -> None:
    rules = full["tool"]["driver"]["rules"]
    assert len(full["results"]) == len(sample.findings())
    for one in full["results"]:
        assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
        assert set(one["partialFingerprints"]) == {"auditor/v1", "primaryLocationLineHash"}


def test_paths_are_relative_percent_encoded_and_under_the_source_root() -> None:
    odd = Finding("errors/x", Severity.LOW, Confidence.HIGH, Location("a b/ü%#?.py", 3, 5, 3, 9), "x", fingerprint="0" * 16)
    shot = msgspec.structs.replace(sample.snapshot(), findings=(odd,))
    full = run(build(shot, sample.verdict()))
    place = full["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "a%20b/%C3%BC%25%23%3F.py", "uriBaseId": "SRCROOT"}
    assert place["region"] == {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9}
    assert "uri" not in full["originalUriBaseIds"]["SRCROOT"]


def test_only_security_rules_have_a_security_severity(full: dict[str, Any]) -> None:
    scores = {r["id"]: r["properties"].get("security-severity") for r in full["tool"]["driver"]["rules"]}
    assert scores["security/todo"] == "8.0"
    assert scores["dependencies/vulnerable"] == "6.1"
    assert scores["errors/generic-raise"] is None
    for rule in full["tool"]["driver"]["rules"]:
        assert ("security" in rule["properties"]["tags"]) == ("security-severity" in rule["properties"])
        assert rule["help"]["markdown"]


def test_weaknesses_are_tags_and_relations_to_the_taxonomy(full: dict[str, Any]) -> None:
    rule = next(one for one in full["tool"]["driver"]["rules"] if one["id"] == "errors/swallowed-exception")
    assert {"external/cwe/cwe-390", "external/cwe/cwe-391"} <= set(rule["properties"]["tags"])
    taxa = {taxon["id"] for taxon in full["taxonomies"][0]["taxa"]}
    assert {relation["target"]["id"] for relation in rule["relationships"]} <= taxa


def test_a_path_is_a_code_flow_from_entry_to_effect(full: dict[str, Any]) -> None:
    steps = result(full, "errors/unhandled-error-path")["codeFlows"][0]["threadFlows"][0]["locations"]
    assert next(step["location"]["message"]["text"] for step in steps).startswith("entry point")
    assert len(steps) == 4


def test_related_places_have_ids_and_regions(full: dict[str, Any]) -> None:
    (other,) = result(full, "duplication/clone")["relatedLocations"]
    assert other["id"] == 1
    assert other["physicalLocation"]["region"]["startLine"] == 5


def test_suppressed_results_stay_with_their_reason(full: dict[str, Any]) -> None:
    kept = [one["suppressions"][0] for one in full["results"] if one["suppressions"]]
    assert {(one["kind"], one["status"]) for one in kept} == {("inSource", "accepted"), ("external", "accepted")}
    assert all(one["justification"] for one in kept)


def test_what_was_not_judged_is_a_notification(full: dict[str, Any]) -> None:
    (invocation,) = full["invocations"]
    notes = invocation["toolExecutionNotifications"]
    kinds = [note["descriptor"]["id"] for note in notes]
    assert (kinds.count("unread"), kinds.count("crashed"), kinds.count("left-out")) == (2, 1, 1)
    assert {"unaudited", "unknown"} <= set(kinds)
    assert invocation["executionSuccessful"] is False
    assert invocation["exitCode"] == 1
    descriptors = full["tool"]["driver"]["notifications"]
    assert all(descriptors[note["descriptor"]["index"]]["id"] == note["descriptor"]["id"] for note in notes)


def test_the_commit_is_told_where_the_repository_is_known(full: dict[str, Any]) -> None:
    assert "versionControlProvenance" not in full
    assert full["properties"]["commit"] == "3f2a91c04bd7"
    shot = msgspec.structs.replace(sample.snapshot(), repository="https://git.example.com/shop.git")
    (source,) = run(build(shot, sample.verdict()))["versionControlProvenance"]
    assert source["revisionId"] == "3f2a91c04bd7"


def test_brackets_in_a_message_make_no_link() -> None:
    trap = Finding("errors/x", Severity.LOW, Confidence.HIGH, Location("a.py", 1), "see [this](http://e.example)")
    (one,) = run(build(msgspec.structs.replace(sample.snapshot(), findings=(trap,)), sample.verdict()))["results"]
    assert one["message"]["text"] == r"see \[this\](http://e.example)"


def test_a_run_beyond_the_services_limit_says_what_it_left_out() -> None:
    full = run(build(msgspec.structs.replace(sample.snapshot(), findings=sample.many(25_010)), sample.verdict()))
    assert len(full["results"]) == 25_000
    assert full["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"].startswith("10 results")
