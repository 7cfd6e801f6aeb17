"""`auditor deps` as a user has it: the list, why a package is there, what a change brings; no network anywhere."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import auditor, fill, surroundings

HOLE = {
    "id": "PYSEC-2019-217",
    "aliases": ["CVE-2019-10906"],
    "affected": [
        {
            "package": {"name": "jinja2", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.10.1"}]}],
        }
    ],
}
TEXT = "flask==3.1.0\n    # via -r requirements.in\njinja2==2.10\n    # via flask\n"
ACCEPTED = '[[supply.accepted]]\nid = "CVE-2019-10906"\nreason = "no templates of others"\nuntil = "{until}"\n'


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    fill(tmp_path / "osv", {"one.json": json.dumps(HOLE)})
    return fill(tmp_path / "shop", {"requirements.txt": TEXT, "requirements.in": "flask\n", "shop/a.py": "import flask\n"})


def deps(shop: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return auditor("deps", *words, "--advisories", shop.parent / "osv", cwd=shop)


def test_the_list_shows_the_hole_its_way_out_and_who_brings_it(shop: Path) -> None:
    done = deps(shop)
    assert done.returncode == 1, done.stderr
    assert "jinja2 2.10" in done.stdout
    assert "lock jinja2 2.10.1, if flask allows it; through flask" in done.stdout
    assert "1 with a known vulnerability (1 unknown), 0 not audited" in done.stdout


def test_why_tells_the_way_there_and_who_imports_it(shop: Path) -> None:
    done = deps(shop, "why", "Jinja2")
    assert done.returncode == 0, done.stderr
    assert "  brought by flask → jinja2" in done.stdout
    assert "  imported by shop/a.py" in done.stdout


def test_why_of_a_package_that_is_not_there_says_what_may_be_meant(shop: Path) -> None:
    done = deps(shop, "why", "jinja")
    assert (done.returncode, "did you mean jinja2?" in done.stderr) == (2, True)


def test_diff_tells_what_came_and_went_since_a_commit(shop: Path) -> None:
    ready = "git init -qb main . && git add . && git -c user.name=a -c user.email=a@b.c commit -qm begin"
    subprocess.run(["bash", "-c", ready], cwd=shop, env=surroundings(shop.parent), check=True)
    assert "no package changed" in deps(shop, "diff", "main").stdout
    (shop / "requirements.txt").write_text(TEXT.replace("2.10", "3.1.6") + "click==8.1.8\n")
    done = deps(shop, "diff", "main")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "added       click 8.1.8",
        "upgraded    jinja2 2.10 → 3.1.6; transitive; clears PYSEC-2019-217",
        "1 added, 1 upgraded",
    ]
    (shop / "requirements.txt").write_text("jinja2==2.9\n")
    assert deps(shop, "diff", "nowhere").returncode == 2


def test_a_hole_that_comes_with_a_change_fails_the_diff(shop: Path) -> None:
    holed = (shop / "requirements.txt").read_text()
    (shop / "requirements.txt").write_text(holed.replace("2.10", "3.1.6"))
    ready = "git init -qb main . && git add . && git -c user.name=a -c user.email=a@b.c commit -qm begin"
    subprocess.run(["bash", "-c", ready], cwd=shop, env=surroundings(shop.parent), check=True)
    (shop / "requirements.txt").write_text(holed)
    done = deps(shop, "diff", "main")
    assert (done.returncode, "downgraded  jinja2 3.1.6 → 2.10; transitive; brings PYSEC-2019-217" in done.stdout) == (1, True)


def test_offline_nothing_is_clean(shop: Path) -> None:
    done = auditor("deps", "--offline", cwd=shop)
    assert done.returncode == 3
    assert "2 not audited, 0 without a known vulnerability" in done.stdout


def test_an_accepted_risk_lets_it_pass_and_past_its_day_is_a_finding_itself(shop: Path) -> None:
    (shop / "auditor.toml").write_text(ACCEPTED.format(until="2099-01-01"))
    assert deps(shop).returncode == 0
    (shop / "auditor.toml").write_text(ACCEPTED.format(until="2020-01-01"))
    assert deps(shop).returncode == 1
    done = auditor("audit", ".", "--format", "json", "--advisories", shop.parent / "osv", cwd=shop)
    rules = {finding["rule"] for finding in json.loads(done.stdout)["findings"]}
    assert {"security/expired-decision", "dependencies/vulnerable"} <= rules


def test_the_accepted_risks_are_a_vex_document(shop: Path) -> None:
    (shop / "auditor.toml").write_text(ACCEPTED.format(until="2099-01-01"))
    (statement,) = json.loads(deps(shop, "--format", "openvex").stdout)["statements"]
    assert statement["vulnerability"] == {"name": "PYSEC-2019-217", "aliases": ["CVE-2019-10906"]}
    assert statement["products"][0]["subcomponents"] == [{"@id": "pkg:pypi/jinja2@2.10"}]
    assert statement["status"] == "affected"


def test_a_gate_can_not_pass_while_a_package_is_not_audited(shop: Path) -> None:
    done = auditor("audit", ".", "--offline", cwd=shop)
    assert done.returncode == 3
    assert "2 of 2 packages not audited" in done.stdout
    waits = "\n".join(f'{name} = "2099-01-01"' for name in ("flask", "jinja2"))
    (shop / "auditor.toml").write_text(f"[supply.allow_unaudited]\n{waits}\n")
    assert auditor("audit", ".", "--offline", cwd=shop).returncode == 0
