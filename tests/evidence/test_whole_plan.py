"""A quarter's plan from end to end: each of its sixteen promises and each question of its reviews is answered by a measure of
the audit, by another tool's figure, or by a person's word with a date and a link.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from auditor.model.roadmap import MANUAL, Proof, Roadmap
from auditor.roadmap import read_toml, write_toml
from tests.cli.command import CLEAN, GRAVE, LOST, auditor, fill
from tests.evidence import made
from tests.evidence.server import Reply, Server, served

PLAN = (Path(__file__).parent / "plans" / "quarter.md").read_text(encoding="utf-8")
PROOF = Proof(0.0, date.today().isoformat(), "Head of operations", "https://wiki.example.org/incidents")
ANSWERS = {"hits": "74.2", "query_seconds": "41"}
SETTINGS = """[evidence.prometheus]
url = "{url}"

[evidence.prometheus.queries]
"cache.hit_rate_pct" = "100 * sum(rate(hits[1h])) / sum(rate(gets[1h]))"
"database.query_p95_ms" = "1000 * histogram_quantile(0.95, rate(query_seconds_bucket[1h]))"
"http.limited_requests" = "sum(increase(limited[7d])) by (handler)"
"migrations.success_pct" = "100"

[evidence.sentry]
organisation = "acme"
project = "shop"
url = "{url}"
"""


def answer(path: str) -> Reply:
    """Prometheus and Sentry behind one address."""
    if path.startswith("/api/0/"):
        return Reply(json.dumps([made.issue("warning")]).encode())
    query = parse_qs(urlsplit(path).query)["query"][0]
    if "limited" in query:
        return Reply(made.vector(({"handler": "/api/events"}, "12"), ({"handler": "/api/orders"}, "0")))
    return Reply(made.vector(({}, next((value for word, value in ANSWERS.items() if word in query), "100"))))


@pytest.fixture
def monitoring() -> Iterator[Server]:
    with served(answer) as server:
        yield server


@pytest.fixture
def shop(tmp_path: Path, monitoring: Server) -> Path:
    """A project with the plan, code, and the files that its pipeline writes."""
    files = {"PLAN.md": PLAN, "shop/sums.py": CLEAN, "shop/pay.py": LOST, "shop/login.py": GRAVE, "requirements.txt": ""}
    root = fill(tmp_path / "shop", {**files, "auditor.toml": SETTINGS.format(url=monitoring.url)})
    (root / "k6.json").write_bytes(made.k6_summary(p95=181.5))
    (root / "bandit.sarif").write_bytes(made.sarif(made.result("B324", "shop/login.py", 2, level="error")))
    covered = made.covered(tmp_path)
    run(root, "roadmap", "import", "PLAN.md")
    run(root, "evidence", "add", "k6.json", "bandit.sarif", covered["coverage.xml"], covered["junit.xml"])
    return root


def run(root: Path, *words: str | Path) -> str:
    done = auditor(*words, cwd=root)
    assert done.returncode in (0, 1, 3), done.stderr
    return done.stdout


def status(root: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(run(root, "roadmap", "status", "--format", "json"))
    return report


def proven(root: Path, before: dict[str, Any]) -> Roadmap:
    """The roadmap with somebody's word on all that nothing measures, and on the open questions of the reviews."""
    place = root / "roadmap.toml"
    roadmap = read_toml(place.read_text(encoding="utf-8"), "roadmap.toml")
    bare = {one["target"]["text"] for one in before["targets"] if is_bare(one)}
    open_ = {answer["text"] for review in before["reviews"] for answer in review["answers"] if answer["state"] == "no evidence"}
    put = msgspec.structs.replace
    targets = [put(one, proof=put(PROOF, value=one.goal or 0.0)) if one.text in bare else one for one in roadmap.targets]
    asked = [[put(one, proof=PROOF) if one.text in open_ else one for one in review.questions] for review in roadmap.reviews]
    reviews = [put(review, questions=tuple(one)) for review, one in zip(roadmap.reviews, asked, strict=True)]
    whole = put(roadmap, targets=tuple(targets), reviews=tuple(reviews))
    place.write_text(write_toml(whole), encoding="utf-8")
    return whole


def is_bare(one: dict[str, Any]) -> bool:
    """Whether neither this tool nor another takes the measure of a promise."""
    return one["state"] == "unknown" and one["reason"].startswith(("nothing has measured", "no tool measures"))


def test_sixteen_promises_and_five_reviews_are_all_served(shop: Path, monitoring: Server) -> None:
    run(shop, "evidence", "fetch")
    assert len(monitoring.asked) == 5
    before = status(shop)
    assert len(before["targets"]) == 16
    states = {one["target"]["measure"]: one for one in before["targets"]}
    assert states["http.p95_ms"]["state"] == "met"
    assert states["http.p95_ms"]["now"] == 181.5
    assert states["cache.hit_rate_pct"]["now"] == 74.2
    assert states["coverage.line_pct"]["state"] == "claimed but not met"
    assert states["todo.security"]["state"] == "claimed but not met"
    assert states[MANUAL]["state"] == "unknown"
    proven(shop, before)
    after = status(shop)
    assert [one["target"]["text"] for one in after["targets"] if is_bare(one)] == []
    (loss,) = [one for one in after["targets"] if one["target"]["measure"] == MANUAL]
    assert loss["state"] == "met"
    assert "declared by Head of operations" in loss["reason"]
    questions = [answer for review in after["reviews"] for answer in review["answers"]]
    assert len(after["reviews"]) == 5
    assert len(questions) == 15
    assert {answer["state"] for answer in questions} <= {"measured", "partly", "declared"}
    assert [review["sprint"] for review in after["reviews"]] == ["Sprint 1", "Sprint 2", "Sprint 3", "Sprint 4", ""]


def test_the_report_for_programs_carries_evidence_findings_and_reviews(shop: Path) -> None:
    run(shop, "evidence", "fetch")
    report = json.loads(run(shop, "audit", ".", "--no-deps", "--format", "json"))
    measures = {(one["name"], one["subject"]): one for one in report["measures"]}
    p95 = measures["http.p95_ms", ""]
    assert (p95["source"], p95["link"], p95["taken_at"][:10]) == ("k6", "k6.json", date.today().isoformat())
    assert ("http.limited_requests", "ANY /api/events") in measures
    sources = {one["tool"]: one for one in report["evidence"]}
    assert set(sources) == {"Prometheus", "Sentry", "k6", "bandit", "coverage.py", "JUnit XML"}
    assert sources["k6"]["dated_by"] == "file"
    assert len(sources["bandit"]["sha256"]) == 64
    assert {one["rule"] for one in report["findings"]} >= {"bandit/B324", "security/todo"}
    assert [one["name"] for one in report["reviews"]][:1] == ["After Sprint 1"]
    assert any(one["subject"] == "ANY /api/events" for one in report["unplaced"]) or report["routes"]


def test_old_evidence_meets_no_promise(shop: Path) -> None:
    run(shop, "evidence", "add", "k6.json", "--taken-at", "2025-01-05")
    p95 = next(one for one in status(shop)["targets"] if one["target"]["measure"] == "http.p95_ms")
    assert p95["state"] == "stale"


def test_an_import_over_the_roadmap_keeps_every_proof(shop: Path) -> None:
    whole = proven(shop, status(shop))
    run(shop, "roadmap", "import", "PLAN.md", "--force")
    again = read_toml((shop / "roadmap.toml").read_text(encoding="utf-8"), "roadmap.toml")
    assert [one.proof for one in again.targets] == [one.proof for one in whole.targets]
    assert any(one.proof for review in again.reviews for one in review.questions)


def test_without_an_answer_a_source_is_unknown_and_the_command_says_so(shop: Path) -> None:
    (shop / "auditor.toml").write_text(SETTINGS.format(url="http://127.0.0.1:1"))
    done = auditor("evidence", "fetch", cwd=shop)
    assert done.returncode == 3
    assert "can not be asked" in done.stderr
    report = json.loads(run(shop, "audit", ".", "--no-deps", "--fetch", "--format", "json"))
    cache = next(one for one in report["measures"] if one["name"] == "cache.hit_rate_pct")
    assert (cache["value"], cache["basis"]) == (None, "unknown")
    assert "can not be asked" in cache["note"]
