"""`auditor roadmap` from the command line: import, then stand beside the figures."""

import json
from pathlib import Path

from tests.cli.command import auditor, fill

PLAN = """# Plan

Starts: 2026-01-05

## Sprint 1: Trust (weeks 1-2)

**Success metrics**
- [x] All security TODOs resolved (currently 4)
- [ ] Dependencies from 104 to fewer than 90
"""


def test_import_writes_the_roadmap_beside_the_page_and_never_over_one(shop: Path) -> None:
    fill(shop, {"PLAN.md": PLAN})
    assert auditor("roadmap", "import", "PLAN.md", cwd=shop).returncode == 0
    first = (shop / "roadmap.toml").read_text()
    again = auditor("roadmap", "import", "PLAN.md", cwd=shop)
    assert again.returncode == 2
    assert "--force" in again.stderr
    assert (shop / "roadmap.toml").read_text() == first


def test_json_goes_to_standard_output_alone(shop: Path) -> None:
    fill(shop, {"PLAN.md": PLAN})
    done = auditor("roadmap", "import", "PLAN.md", "--format", "json", cwd=shop)
    told = json.loads(done.stdout)
    assert not (shop / "roadmap.toml").exists()
    assert [(s["name"], s["weeks"], s["starts"]) for s in told["sprints"]] == [("Sprint 1", [1, 2], "2026-01-05")]
    assert [(t["comparator"], t["goal"], t["baseline"], t["measure"], t["claimed"]) for t in told["targets"]] == [
        ("==", 0, 4, "todo.security", True),
        ("<", 90, 104, "dependencies.count", False),
    ]


def test_status_shows_baseline_now_goal_and_state(shop: Path) -> None:
    fill(shop, {"PLAN.md": PLAN})
    auditor("roadmap", "import", "PLAN.md", cwd=shop)
    audit = auditor("audit", ".", "--no-deps", "--format", "json", "--output", "out.json", cwd=shop)
    assert audit.returncode == 1
    done = auditor("roadmap", "status", cwd=shop)
    assert done.returncode in (0, 1), done.stderr
    assert "claimed but not met" in done.stdout
    assert "unknown" in done.stdout


def test_broken_roadmaps_end_with_2_and_all_mistakes(shop: Path) -> None:
    fill(shop, {"roadmap.toml": '[[target]]\ntext = "A"\ncomparator = "~"\n\n[[target]]\nmeasure = "x"\n'})
    done = auditor("audit", ".", "--no-deps", cwd=shop)
    assert done.returncode == 2
    assert "roadmap.toml:3" in done.stderr
    assert "roadmap.toml:5" in done.stderr or "roadmap.toml:6" in done.stderr
