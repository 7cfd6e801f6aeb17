"""Rules named on the command line: they alone run, they answer as in a whole audit, and nothing else is called clean."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from auditor.packs.described import about_projects, asked_of_project
from auditor.packs.rules import in_folder, places
from tests.cli.command import audited, auditor, fill

TICKETING = Path(__file__).parents[1] / "projects" / "ticketing"
PROMISED = """
[[target]]
text = "Every public route has a version"
measure = "api.versioned_pct"
comparator = ">="
goal = 100
"""


@pytest.fixture(scope="module")
def ticketing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An application of several layers, in a folder of its own."""
    return Path(shutil.copytree(TICKETING, tmp_path_factory.mktemp("choice") / "ticketing"))


@pytest.fixture(scope="module")
def everything(ticketing: Path) -> dict[str, Any]:
    """The audit by every rule."""
    return audited(ticketing)


def _found(report: dict[str, Any], rule: str) -> list[dict[str, Any]]:
    return [one for one in report["findings"] if one["rule"] == rule]


def _measure(report: dict[str, Any], name: str) -> dict[str, Any]:
    (one,) = (measure for measure in report["measures"] if measure["name"] == name)
    return dict(one)


@pytest.mark.parametrize("rule", [place.id for place in about_projects(places())])
def test_a_rule_about_the_project_says_alone_what_it_says_among_all(
    rule: str, ticketing: Path, everything: dict[str, Any]
) -> None:
    alone = audited(ticketing, "--select", rule)
    assert _found(alone, rule) == _found(everything, rule)
    assert {one["rule"] for one in alone["findings"]} <= {rule}
    assert alone["crashed"] == []


def test_what_no_rule_that_ran_looks_for_is_unknown_and_not_clean(ticketing: Path) -> None:
    alone = audited(ticketing, "--select", "errors/broad-except")
    assert _measure(alone, "api.versioned_pct")["note"] == "no rule that ran follows calls"
    assert _measure(alone, "duplication.density_pct")["note"] == "no rule that ran looks for copies"
    assert _measure(alone, "errors.broad_handlers")["note"] == "the rule errors/swallowed-exception did not run"
    assert _measure(alone, "size.functions")["basis"] == "measured"
    assert alone["grade"]["letter"] == "-"
    assert alone["grade"]["caps"] == ["some rules alone earn no grade"]


def test_what_the_roadmap_promises_is_measured_whatever_rules_run(ticketing: Path, everything: dict[str, Any]) -> None:
    roadmap = ticketing.parent / "promised.toml"
    roadmap.write_text(PROMISED)
    alone = audited(ticketing, "--select", "errors/broad-except", "--roadmap", str(roadmap))
    assert _measure(alone, "api.versioned_pct") == _measure(everything, "api.versioned_pct")


def test_a_least_grade_is_not_met_by_some_rules_alone(tidy: Path) -> None:
    fill(tidy, {"auditor.toml": '[gate]\nmin_grade = "B"\n'})
    done = auditor("audit", ".", "--no-deps", "--select", "errors", cwd=tidy)
    assert done.returncode == 3
    assert "grade B is asked for, and some rules alone earn none" in done.stdout


def test_ignored_on_the_command_line_adds_to_what_the_settings_ignore(shop: Path) -> None:
    fill(shop, {"auditor.toml": '[rules]\nignore = ["errors"]\n'})
    assert {one["rule"] for one in audited(shop)["findings"]} == {"security/todo"}
    assert audited(shop, "--ignore", "security/todo")["findings"] == []


def test_names_may_come_with_commas_and_a_check_is_narrowed_likewise(shop: Path) -> None:
    both = auditor("check", "shop", "--select", "errors,security", cwd=shop)
    one = auditor("check", "shop", "--select", "errors", cwd=shop)
    assert "security/todo" in both.stdout
    assert "errors/lost-cause" in both.stdout
    assert "security/todo" not in one.stdout
    assert "errors/lost-cause" in one.stdout


def test_a_name_that_is_no_rule_ends_the_run_with_a_hint(shop: Path) -> None:
    done = auditor("audit", ".", "--no-deps", "--select", "broad-except", "--ignore", "securty", cwd=shop)
    assert done.returncode == 2
    assert '"broad-except" is no rule and no pack; did you mean errors/broad-except?' in done.stderr
    assert '"securty" is no rule and no pack; did you mean security?' in done.stderr


def test_a_part_of_an_audit_is_not_kept_in_the_history(shop: Path) -> None:
    fill(shop, {"auditor.toml": "[history]\nrecord = true\n"})
    refused = auditor("audit", ".", "--no-deps", "--select", "errors", "--save", cwd=shop)
    assert refused.returncode == 2
    assert "a trend has no holes" in refused.stderr
    assert auditor("audit", ".", "--no-deps", "--select", "errors", cwd=shop).returncode == 0
    assert not (shop / ".auditor").exists()


def test_a_rule_that_hands_the_project_on_is_given_all_of_it(tmp_path: Path) -> None:
    text = "class Own(ProjectRule):\n    def check(self, project):\n        return {}\n"
    fill(
        tmp_path, {"own/__init__.py": "", "own/on.py": text.format("looked(project)"), "own/of.py": text.format("project.files")}
    )
    asked = {place.id: asked_of_project(place) for place in in_folder(tmp_path / "own")}
    assert asked == {"own/on": None, "own/of": frozenset({"files"})}
