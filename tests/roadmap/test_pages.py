"""Roadmaps in the styles of different teams: every sprint and every promise comes out as a person would read it."""

from datetime import date
from pathlib import Path

import pytest

from auditor.roadmap import read_toml, write_toml
from auditor.roadmap.markdown import read_markdown
from tests.roadmap.expectation import lines

PAGES = sorted((Path(__file__).parent / "pages").glob("*.md"))
SEED = Path(__file__).parents[3] / "shared" / "seed" / "implementation-roadmap.md"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_gives_the_sprints_and_targets_that_a_person_reads_in_it(page: Path) -> None:
    roadmap = read_markdown(page.read_text("utf-8"), page.name, date(2026, 11, 24))
    assert lines(roadmap) == page.with_suffix(".expected").read_text("utf-8").splitlines()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_was_read_from_a_page_survives_its_toml(page: Path) -> None:
    roadmap = read_markdown(page.read_text("utf-8"), page.name, date(2026, 11, 24))
    assert read_toml(write_toml(roadmap), "roadmap.toml") == roadmap


@pytest.mark.skipif(not SEED.exists(), reason="the seed roadmap lies in ../shared, which is not here")
def test_the_seed_roadmap_is_read_whole() -> None:
    roadmap = read_markdown(SEED.read_text("utf-8"), SEED.name)
    assert [(sprint.name, sprint.weeks) for sprint in roadmap.sprints] == [
        ("Sprint 1", (1, 3)), ("Sprint 2", (4, 6)), ("Sprint 3", (7, 9)), ("Sprint 4", (10, 12)),
    ]  # fmt: skip
    assert [sprint.starts for sprint in roadmap.sprints] == ["2026-01-01", "2026-01-22", "2026-02-12", "2026-03-05"]
    assert all(target.claimed for target in roadmap.targets)
    told = [(t.measure, t.comparator, t.goal, t.baseline, t.unit, t.relative, t.sprint) for t in roadmap.targets]
    assert told == [
        ("todo.security", "==", 0, None, "count", False, "Sprint 1"),
        ("dependencies.critical_or_high", "==", 0, None, "count", False, "Sprint 1"),
        ("api.limited_per_tenant_pct", ">=", 100, None, "%", False, "Sprint 1"),
        ("api.versioned_pct", ">=", 100, None, "%", False, "Sprint 1"),
        ("http.p95_ms", "<", 200, 250, "ms", False, "Sprint 2"),
        ("database.hot_n_plus_one", "==", 0, None, "count", False, "Sprint 2"),
        ("database.unpooled_engines", "==", 0, None, "count", False, "Sprint 2"),
        ("cache.hit_rate_pct", ">", 70, 65, "%", False, "Sprint 2"),
        ("duplication.density_pct", "<=", 40, None, "%", True, "Sprint 3"),
        ("dependencies.count", "<", 90, 104, "count", False, "Sprint 3"),
        ("errors.handled_paths_pct", ">=", 100, None, "%", False, "Sprint 3"),
        ("coverage.line_pct", ">=", 80, None, "%", False, "Sprint 3"),
        ("resilience.breaker_pct", ">=", 100, None, "%", False, "Sprint 4"),
        ("resilience.traced_pct", ">=", 100, None, "%", False, "Sprint 4"),
        ("resilience.soft_delete_pct", ">=", 100, None, "%", False, "Sprint 4"),
        ("manual", "==", 0, None, "count", False, "Sprint 4"),
    ]
    assert "incident log" in roadmap.targets[-1].evidence
