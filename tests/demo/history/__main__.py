"""`make demo-history`: thirty releases become thirty weekly commits, are audited one by one, and make the Friday page."""

import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.demo.__main__ import PLACE, PROJECT, auditor
from tests.demo.history import figures
from tests.demo.history.weeks import Week, begin, commit, unpack, weeks
from tests.released import fetch

HERE = Path(__file__).parent
NAME = "changedetection.io"
OUT = PLACE / "history"
REPOSITORY = OUT / NAME
PAGES = (("weekly", "weekly.html"), ("sprint", "sprint.html"), ("sprint", "sprint.md"))
LOWERED_IN_WEEK = 22
"""In this week the made-up team quietly asks less of itself."""


def main() -> int:
    """Builds, audits, reports. Exit code 0 where all of it worked, else that of the step which did not."""
    releases = [line for line in (HERE / "releases.txt").read_text().split("\n") if line and not line.startswith("#")]
    sources = fetched(releases)
    line = weeks(releases, sources, datetime.now(UTC))
    print(f"making a repository of {len(line)} weekly commits ...", flush=True)
    made(REPOSITORY, line)
    print("auditing every week ...", flush=True)
    began = line[0].when.date().isoformat()
    steps = (
        ("history", "backfill", str(REPOSITORY), "--every", "week", "--since", began),
        ("history", "list", "--project", str(REPOSITORY), "--limit", str(len(line))),
        ("history", "diff", "latest~1", "latest", "--project", str(REPOSITORY)),
    )
    for step in steps:
        print(f"\n$ auditor {' '.join(step)}\n".replace(f"{PROJECT}/", ""), flush=True)
        if code := auditor(*step):
            return code
    return reported()


def fetched(releases: list[str]) -> list[Path]:
    """The folders of all releases, those fetched that are missing."""
    folders = [PLACE / f"{NAME}-{release}" for release in releases]
    missing = [(release, folder) for release, folder in zip(releases, folders, strict=True) if not folder.is_dir()]
    if missing:
        print(f"fetching {len(missing)} releases of {NAME} ...", flush=True)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda pair: fetch(f"{NAME}=={pair[0]}", pair[1]), missing))
    return folders


def made(root: Path, line: tuple[Week, ...]) -> None:
    """The repository: the roadmap in the first commit, then a release with its week's figures in each."""
    begin(root)
    for number, week in enumerate(line):
        unpack(root, week)
        if number == 0:
            promised(root, week.when)
        if number == LOWERED_IN_WEEK:
            lower(root / "roadmap.toml")
        measured(root, number, len(line), week)
        commit(root, f"Release {week.release}", week.when)


def promised(root: Path, began: datetime) -> None:
    """The demo's roadmap, its first week that of the first commit."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "PLAN.md"
        page.write_text((HERE / "roadmap.md").read_text().format(start=began.date().isoformat()))
        told = ("roadmap", "import", str(page), "--output", str(root / "roadmap.toml"), "--force")
        quiet(*told)


def lower(roadmap: Path) -> None:
    """A goal that is walked back: the page names it, and who did it in which commit."""
    before, coverage, after = roadmap.read_text().partition('measure = "coverage.line_pct"')
    softer = after.replace("goal = 80", "goal = 72", 1)
    assert softer != after
    roadmap.write_text(before + coverage + softer)


def measured(root: Path, number: int, of: int, week: Week) -> None:
    """The week's figures, brought in as a team would: with the command."""
    with tempfile.TemporaryDirectory() as folder:
        made = figures.files(number, of, week.when)
        for one in made:
            (Path(folder) / one.name).write_text(one.text)
        when = (week.when - timedelta(hours=2)).isoformat()
        files = [str(Path(folder) / one.name) for one in made]
        quiet("evidence", "add", *files, "--project", str(root), "--taken-at", when)


def quiet(*words: str) -> None:
    """Runs the command; what it says is only shown where it fails."""
    done = subprocess.run([Path(sys.executable).with_name("auditor"), *words], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"auditor {' '.join(words)}\n{done.stdout}{done.stderr}")


def reported() -> int:
    """The pages for the sprint's review and for leadership on Friday, of the last week against the weeks before it."""
    pages = OUT / "reports"
    pages.mkdir(exist_ok=True)
    print("\nmaking the pages ...", flush=True)
    for report, file in PAGES:
        if code := auditor("report", report, str(REPOSITORY), "--no-deps", "--output", str(pages / file)):
            return code
    print("\nPages:")
    for _, file in PAGES:
        print(f"  {(pages / file).relative_to(PROJECT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
