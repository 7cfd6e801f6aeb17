"""Silence is never clean: what happens where the index does not answer, lies, or is not to be asked."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from auditor.model.policy import Accepted
from auditor.model.policy import Supply as Settings
from auditor.run.job import Job
from auditor.run.supply import joined
from auditor.supply.advisories.answers import CONTROLS, Service
from auditor.supply.advisories.process import Audited
from auditor.supply.audit import audit
from auditor.supply.licence import Licences
from auditor.supply.options import SupplyOptions
from tests.judge.values import snapshot
from tests.supply.outside import Answer, as_json, outside, posing_index

HOLE = {"id": "PYSEC-2019-217", "aliases": ["CVE-2019-10906"], "details": "a way out of the sandbox", "fixed_in": ["2.10.1"]}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "requirements.txt").write_text("flask==3.1.0\njinja2==2.10\n")
    return tmp_path / "shop"


def pip_audit(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pip_audit", "-r", "requirements.txt", "--no-deps", "--disable-pip", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


def asked(shop: Path, answer: Answer, monkeypatch: pytest.MonkeyPatch, osv: Answer = lambda _: (404, b"{}")) -> dict[str, str]:
    """The state of each package where the index answers so."""
    with posing_index(answer, shop.parent) as surround, outside(osv) as place:
        for name, text in surround.items():
            monkeypatch.setenv(name, text)
        options = SupplyOptions(budget_s=60, service=Service(osv_url=place.url), releases=False)
        return {one.name: f"{one.state}: {one.note}" for one in audit(shop, options).packages}


def test_where_pip_audit_is_content_with_an_index_that_knows_nothing_we_are_not(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with posing_index(lambda _: (404, b"{}"), shop.parent) as surround:
        for name, text in surround.items():
            monkeypatch.setenv(name, text)
        done = pip_audit(shop, "--cache-dir", str(shop.parent / "cache"))
    assert (done.returncode, "No known vulnerabilities found" in done.stderr) == (0, True)
    states = asked(shop, lambda _: (404, b"{}"), monkeypatch)
    assert all(state.startswith("not audited: Dependency not found") for state in states.values()), states


def test_an_index_that_knows_no_vulnerability_of_any_version_is_not_believed(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    states = asked(shop, lambda _: (200, as_json({"info": {}})), monkeypatch)
    doubt = f"the index knows nothing against {CONTROLS[0][0]} {CONTROLS[0][1]}, which is vulnerable"
    assert states == {"flask": f"not audited: {doubt}", "jinja2": f"not audited: {doubt}"}


def test_an_index_that_knows_is_believed_and_severities_come_from_osv(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def index(path: str) -> tuple[int, bytes]:
        holed = any(f"/{name}/{version}/" in path for name, version in (*CONTROLS, ("jinja2", "2.10")))
        return 200, as_json({"vulnerabilities": [HOLE] if holed else []})

    def osv(path: str) -> tuple[int, bytes]:
        vector = {"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"}
        known = {"/vulns/PYSEC-2019-217": [], "/vulns/CVE-2019-10906": [vector]}
        if path not in known:
            return 404, b"{}"
        package = {"package": {"name": "jinja2", "ecosystem": "PyPI"}}
        body = {"id": path.rpartition("/")[2], "aliases": [HOLE["aliases"][0]], "severity": known[path], "affected": [package]}
        return 200, as_json(body)

    with posing_index(index, shop.parent) as surround, outside(osv) as place:
        for name, text in surround.items():
            monkeypatch.setenv(name, text)
        answer = audit(shop, SupplyOptions(service=Service(osv_url=place.url), releases=False))
    flask, jinja = answer.packages
    assert (flask.state, jinja.state, jinja.severity) == ("clean", "vulnerable", "critical")
    assert (jinja.advisories[0].id, jinja.advisories[0].score, jinja.advisories[0].fixed) == ("PYSEC-2019-217", 10.0, ("2.10.1",))
    assert jinja.fix == "raise jinja2 to 2.10.1 in requirements.txt:2"


def test_the_same_index_tells_releases_and_licences_and_is_asked_once(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    asked: list[str] = []

    def index(path: str) -> tuple[int, bytes]:
        asked.append(path)
        if path.endswith(".metadata"):
            return 200, b"Metadata-Version: 2.4\nName: x\nLicense-Expression: GPL-3.0-only\n\n"
        if path.startswith("/simple/"):
            name = path.split("/")[2]
            releases = {"3.1.0": "2024-01-01", "2.10": "2024-01-01", "4.0": "2026-01-01"}
            more = {"core-metadata": True}
            files = [
                {"filename": f"{name}-{v}-py3-none-any.whl", "url": f"/f/{v}", "upload-time": f"{day}T00:00:00Z", **more}
                for v, day in releases.items()
            ]
            return 200, as_json({"files": files})
        return 200, as_json({"vulnerabilities": [HOLE] if any(f"/{name}/{v}/" in path for name, v in CONTROLS) else []})

    with posing_index(index, shop.parent) as surround:
        for name, text in surround.items():
            monkeypatch.setenv(name, text)
        policy = Licences(denied=("GPL-3.0-only",))
        answer = audit(shop, SupplyOptions(licences=policy, cache=shop.parent / "kept"))
    flask, jinja = answer.packages
    assert (flask.state, flask.latest, flask.behind_releases, flask.behind_days) == ("clean", "4.0", 1, 731)
    assert (jinja.latest, jinja.behind_releases) == ("4.0", 2)
    assert (flask.licence, flask.licence_fault) == ("GPL-3.0-only", "is under GPL-3.0-only: the policy denies GPL-3.0-only")
    assert len(asked) == len(set(asked))
    assert answer.releases_note == ""


def test_an_index_that_does_not_answer_leaves_everything_unaudited(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    states = {one.state for one in audit(shop, SupplyOptions(budget_s=60, releases=False)).packages}
    assert states == {"not audited"}


def test_osv_that_is_down_leaves_everything_unaudited(shop: Path) -> None:
    with outside(lambda _: (503, b"")) as place:
        options = SupplyOptions(service=Service("osv", place.url), releases=False)
        packages = audit(shop, options).packages
    assert {one.state for one in packages} == {"not audited"}


def test_a_service_that_is_busy_for_a_moment_is_asked_again(shop: Path) -> None:
    answers = iter([503, 503])
    hole = {"id": "X-1", "affected": [{"package": {"name": "jinja2", "ecosystem": "PyPI"}}]}
    with outside(lambda _: (next(answers, 200), as_json({"vulns": [hole]}))) as place:
        packages = audit(shop, SupplyOptions(service=Service("osv", place.url), releases=False)).packages
    assert {one.state for one in packages} == {"vulnerable"}


def test_what_pip_audit_could_not_reach_is_told_in_plain_words(shop: Path) -> None:
    options = SupplyOptions(service=Service("osv", "http://127.0.0.1:9"), releases=False)
    assert {one.note for one in audit(shop, options).packages} == {"pip-audit got no answer that it could use from 127.0.0.1"}


def test_offline_says_so_at_once_and_asks_nobody(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with outside(lambda _: (200, b"{}")) as place:
        options = SupplyOptions(offline=True, service=Service("osv", place.url), index_url=f"{place.url}/")
        answer = audit(shop, options)
    assert place.asked == []
    assert {(one.state, one.note) for one in answer.packages} == {
        ("not audited", "the network is not to be used (offline), and no advisories were given (--advisories)")
    }
    assert answer.releases_note == "the index was not asked for releases"


def test_a_budget_that_is_spent_leaves_the_rest_unaudited(shop: Path) -> None:
    packages = audit(shop, SupplyOptions(budget_s=0.001, releases=False)).packages
    assert {one.state for one in packages} == {"not audited"}


def test_while_one_package_is_not_audited_no_count_of_holes_is_known(shop: Path) -> None:
    settings = Settings()
    found = joined(snapshot(figures=()), audit(shop, SupplyOptions(offline=True)), job(shop), settings)
    holes = ("critical", "high", "critical_or_high", "vulnerable", "unknown")
    assert {name: found.measure(f"dependencies.{name}").value for name in holes} == dict.fromkeys(holes)  # type: ignore[union-attr]
    assert found.measure("dependencies.not_audited").value == 2  # type: ignore[union-attr]


def test_packages_that_the_settings_let_wait_until_today_do_not_hide_the_others(shop: Path) -> None:
    waiting = audit(shop, SupplyOptions(offline=True))
    today = Settings(allow_unaudited={"flask": "2026-06-01", "jinja2": "2026-06-01"})
    before = Settings(allow_unaudited={"flask": "2026-06-01", "jinja2": "2026-05-31"})
    assert joined(snapshot(figures=()), waiting, job(shop), today).measure("dependencies.critical").value == 0  # type: ignore[union-attr]
    assert joined(snapshot(figures=()), waiting, job(shop), before).measure("dependencies.critical").value is None  # type: ignore[union-attr]


def test_an_accepted_risk_does_not_count_until_its_day_has_passed(shop: Path) -> None:
    (shop.parent / "osv").mkdir()
    part = {"package": {"name": "jinja2", "ecosystem": "PyPI"}, "versions": ["2.10"]}
    document = {"id": "PYSEC-2019-217", "aliases": ["CVE-2019-10906"], "affected": [part]}
    (shop.parent / "osv" / "one.json").write_text(json.dumps(document))
    answer = audit(shop, SupplyOptions(advisories=shop.parent / "osv"))
    for until, counted in (("2026-06-01", 0), ("2026-05-31", 1)):
        settings = Settings(accepted=(Accepted("CVE-2019-10906", "no templates of others", until),))
        found = joined(snapshot(figures=()), answer, job(shop), settings)
        assert found.measure("dependencies.vulnerable").value == counted  # type: ignore[union-attr]
        assert found.measure("dependencies.unknown").value == counted  # type: ignore[union-attr]


def job(root: Path) -> Job:
    return Job(root=root, rules=(), today=date(2026, 6, 1))


def test_what_a_lock_smuggles_into_a_name_or_a_version_reaches_nobody(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shop / "uv.lock").write_text(
        "version = 1\n"
        '[[package]]\nname = "<script>"\nversion = "1"\n'
        '[[package]]\nname = "click\\n--index-url http://127.0.0.1:9/"\nversion = "1"\n'
        '[[package]]\nname = "rich"\nversion = "1\\n-r /etc/hostname"\n'
        '[[package]]\nname = "../../secret"\nversion = "1"\n'
    )
    heard: list[str] = []

    def index(path: str) -> tuple[int, bytes]:
        heard.append(path)
        return 200, as_json({"vulnerabilities": [HOLE] if any(f"/{name}/{v}/" in path for name, v in CONTROLS) else []})

    states = asked(shop, index, monkeypatch)
    assert {name for name, state in states.items() if state.startswith("clean")} == {"flask", "jinja2"}
    assert states["<script>"] == "not audited: its name is none that a package of the index can have"
    assert states["rich"] == "not audited: its version is none that a release of the index can have"
    assert not [path for path in heard if "secret" in path or "script" in path or "rich" in path]


def test_a_package_is_named_once_where_pip_audit_skipped_it() -> None:
    told = Audited("shop", skip_reason="Dependency not found on PyPI and could not be audited: shop (1.4.post2)")
    assert told.skipped_for == "Dependency not found on PyPI"
    assert Audited("shop", skip_reason="requirement marked as editable").skipped_for == "requirement marked as editable"
