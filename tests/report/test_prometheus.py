"""Figures for Prometheus: read by its own parsers, never a zero for what is unknown, and alarms that ring when they should."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as plain

from auditor.packs.reports import load_report
from auditor.packs.shelf import shelf
from auditor.report.view import View
from tests.report import sample
from tests.report.hostile import filled, texts

PLACE = shelf("reports") / "prometheus"


def rendered(view: View) -> str:
    body = load_report("prometheus").render(view)
    assert isinstance(body, bytes)
    return body.decode()


def samples(view: View, name: str) -> list[tuple[dict[str, str], float]]:
    return [(one.labels, one.value) for family in openmetrics(rendered(view)) for one in family.samples if one.name == name]


@pytest.fixture
def promtool() -> str:
    """Prometheus's own checker. Skips without it, but never in CI."""
    found = shutil.which("promtool")
    if found is None:
        message = "no promtool on this machine: apt-get install prometheus"
        assert not os.environ.get("CI"), message
        pytest.skip(message)
    return found


def test_an_unknown_figure_has_no_sample_and_is_named(view: View) -> None:
    measured = {labels["measure"] for labels, _ in samples(view, "auditor_measure")}
    assert "coverage.line_pct" not in measured
    known = {labels["measure"]: value for labels, value in samples(view, "auditor_measure_known")}
    assert known["coverage.line_pct"] == 0
    assert known["duplication.density_pct"] == 1
    assert {labels["measure"] for labels, value in samples(view, "auditor_measure_stale") if value} == {"cache.hit_pct"}


def test_nothing_judged_has_no_score_and_no_green_code() -> None:
    assert samples(sample.empty(), "auditor_grade_score") == []
    assert [value for _, value in samples(sample.empty(), "auditor_exit_code")] == [3]


def test_a_rule_that_found_nothing_counts_zero_so_that_its_alarm_can_end() -> None:
    counts = samples(sample.clean(), "auditor_findings")
    assert len(counts) == len(sample.clean().snapshot.rules)
    assert {value for _, value in counts} == {0}


@settings(max_examples=40)
@given(texts)
def test_any_text_is_a_label_in_both_formats(text: str) -> None:
    body = rendered(filled(text))
    assert body.endswith("# EOF\n")
    for families in (openmetrics(body), plain(body)):
        assert {one.name for family in families for one in family.samples} >= {"auditor_info", "auditor_findings"}


def test_promtool_takes_the_figures(promtool: str, view: View) -> None:
    done = subprocess.run([promtool, "check", "metrics"], input=rendered(view), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_alarms_ring_for_what_they_are_for(promtool: str) -> None:
    for words in (["check", "rules", "alerts.yml"], ["test", "rules", "alerts_test.yml"]):
        done = subprocess.run([promtool, *words], cwd=PLACE, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", ["dashboard.json", "alerts.yml"])
def test_the_dashboard_and_the_alarms_speak_of_figures_that_exist(file: str, view: View) -> None:
    told = set(re.findall(r"\bauditor_[a-z_]+", (PLACE / file).read_text(encoding="utf-8")))
    written = {family.name for family in openmetrics(rendered(view))}
    assert told <= written


def test_the_dashboard_is_one_that_grafana_can_lay_out() -> None:
    board = json.loads((PLACE / "dashboard.json").read_text(encoding="utf-8"))
    panels = board["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    taken: set[tuple[int, int]] = set()
    for panel in panels:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        cells = {(x, y) for x in range(place["x"], place["x"] + place["w"]) for y in range(place["y"], place["y"] + place["h"])}
        assert not taken & cells, panel["title"]
        taken |= cells
        assert all(target["expr"] and target["datasource"]["uid"] == "${datasource}" for target in panel["targets"])
    assert {one["name"] for one in board["templating"]["list"]} == {"datasource", "project", "measure"}


def test_a_missing_library_is_named_with_the_way_to_get_it() -> None:
    from auditor.model.errors import AuditorError
    from auditor.report import extra

    with pytest.raises(AuditorError, match=r"needs the library no_such_thing"), extra("the report x"):
        __import__("no_such_thing.inner")
    assert Path(PLACE / "report.py").is_file()
