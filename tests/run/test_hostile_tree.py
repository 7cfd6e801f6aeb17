"""A tree made to be nasty: the run ends, names what it could not read, runs none of it and loses no finding elsewhere."""

import os
from datetime import date
from pathlib import Path

import pytest

from auditor.facts.cache import Cache
from auditor.facts.discover import discover
from auditor.packs.rules import places, rules_digest
from auditor.run.audit import audit
from auditor.run.desk import Order
from auditor.run.gather import Gathered, gather
from auditor.run.job import Job
from auditor.run.pool import records
from auditor.run.shadow import repository

HANDLER = b"def pay(x):\n    try:\n        charge()\n    except Exception:\n"
BRANCH = b"        elif x == 1:\n            pass\n"
HONEST = b"def pay():\n    raise Exception('no')\n"


def audited(root: Path, workers: int = 2, cache: Path | None = None) -> Gathered:
    """The map over a whole tree."""
    wanted = places()
    order = Order(root, wanted, rules_digest(wanted), 2 << 20, cache)
    return gather(records(order, discover(root).files, workers))


def hostile(root: Path) -> None:
    """Fills `root` with files that break readers, and with honest ones among them."""
    for number in range(30):
        (root / f"honest_{number}.py").write_bytes(HONEST)
    (root / "null.py").write_bytes(b"x = 1\0\n")
    (root / "latin.py").write_bytes(b"# -*- coding: latin-1 -*-\nname = '\xe9'\nraise Exception(name)\n")
    (root / "wrong_bytes.py").write_bytes(b"x = '\xff\xfe'\n")
    (root / "strange_coding.py").write_bytes(b"# coding: no-such\nx = 1\n")
    (root / "rot.py").write_bytes(b"# coding: rot13\nx = 1\n")
    (root / "deep.py").write_bytes(b"x = " + b"(" * 3000 + b")" * 3000 + b"\nraise Exception(1)\n")
    (root / "deep_raise.py").write_bytes(b"raise Exception(" + b"(" * 3000 + b")" * 3000 + b")\n")
    (root / "deep_block.py").write_bytes(b"".join(b" " * n + b"if 1:\n" for n in range(3000)) + b" " * 3000 + b"pass\n")
    (root / "long_chain.py").write_bytes(b"x = a" + b".b()" * 20000 + b"\nraise Exception(1)\n")
    (root / "long_sum.py").write_bytes(b"x = " + b"+".join([b"1"] * 50000) + b"\nraise Exception(1)\n")
    (root / "branches.py").write_bytes(HANDLER + b"        if x:\n            pass\n" + BRANCH * 12_000)
    (root / "strings.py").write_bytes(b"x = " + b'f"{' * 5000 + b"1" + b'}"' * 5000 + b"\n")
    (root / "equals.py").write_bytes(b"x = " + b"a = " * 20_000 + b"1\nraise Exception(1)\n")
    (root / "wide.py").write_bytes(b"x = '" + b"a" * (30 << 20) + b"'\n")
    (root / "broken.py").write_bytes(b"def (:\n  raise Exception(1)\n))) class\n")
    (root / "python2.py").write_bytes(b"print 'hello'\nraise Exception, 'old'\n")
    (root / "empty.py").write_bytes(b"")
    (root / "new\nline.py").write_bytes(HONEST)
    (root / "folder.py").mkdir()
    (root / "folder.py" / "inside.py").write_bytes(HONEST)
    (root / "json.py").write_bytes(b"import os; os.abort()\n")
    (root / "auditor").mkdir()
    (root / "auditor" / "__init__.py").write_bytes(b"import os; os.abort()\n")
    (root / "sitecustomize.py").write_bytes(b"import os; os.abort()\n")
    (root / "pyproject.toml").write_bytes(b"[[[\0")
    os.mkfifo(root / "pipe.py")
    (root / "loop").symlink_to(root)
    (root / "out.py").symlink_to("/etc/passwd")
    (root / "circle.py").symlink_to(root / "circle.py")
    (root / os.fsdecode(b"bytes_\xff.py")).write_bytes(HONEST)


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Gathered:
    root = tmp_path_factory.mktemp("hostile")
    hostile(root)
    return audited(root)


def test_no_honest_finding_is_lost(answer: Gathered) -> None:
    found = {finding.location.path for finding in answer.findings if finding.rule == "errors/generic-raise"}
    honest = {f"honest_{number}.py" for number in range(30)} | {"folder.py/inside.py", "new\nline.py", "latin.py"}
    assert honest <= found
    assert any("bytes_" in path for path in found)


@pytest.mark.parametrize(
    "path",
    [
        "null.py",
        "wrong_bytes.py",
        "strange_coding.py",
        "rot.py",
        "deep.py",
        "deep_raise.py",
        "deep_block.py",
        "branches.py",
        "strings.py",
        "wide.py",
        "broken.py",
        "python2.py",
        "pipe.py",
    ],
)
def test_what_could_not_be_judged_is_named_with_a_reason(answer: Gathered, path: str) -> None:
    reasons = [skipped.reason for skipped in answer.skipped if skipped.path == path]
    assert reasons
    assert all(reason and "Traceback" not in reason for reason in reasons)


def test_rules_do_not_crash_on_it(answer: Gathered) -> None:
    assert answer.crashed == ()


def test_findings_around_what_is_broken_are_kept(answer: Gathered) -> None:
    found = {finding.location.path for finding in answer.findings}
    assert {"deep.py", "long_chain.py", "long_sum.py"} <= found


def test_an_audit_of_classes_that_descend_without_end_ends(tmp_path: Path) -> None:
    (tmp_path / "heirs.py").write_text("".join(f"class C{n}(C{n + 1}):\n    ...\n\n\n" for n in range(1500)))
    snapshot = audit(Job(tmp_path, places(), date(2026, 6, 1)))
    assert snapshot.crashed == ()


def test_modules_that_take_all_names_of_each_other_in_circles_are_followed_once(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "__init__.py").write_text("")
    for n in range(60):
        stars = "".join(f"from p.m{(n + step) % 60} import *\n" for step in (1, 2, 3))
        (tmp_path / "p" / f"m{n}.py").write_text(
            f"import requests\n{stars}\ndef f{n}():\n    requests.get('https://pay.example')\n"
        )
    (tmp_path / "app.py").write_text("import click\nfrom p.m7 import *\n\n@click.command()\ndef pay():\n    f59()\n")
    (tmp_path / "setup.cfg").write_text("[options.entry_points]\nconsole_scripts =\n    pay = app:pay\n")
    snapshot = audit(Job(tmp_path, places(), date(2026, 6, 1)))
    path = next(one.path for one in snapshot.findings if one.rule == "errors/unhandled-error-path")
    assert [hop.location.path for hop in path] == ["app.py", "p/m59.py"]


def test_modules_that_take_a_client_from_each_other_in_circles_crash_no_rule(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(
        "import flask\nimport httpx\nfrom stock import client\napp = flask.Flask(__name__)\n\n"
        "def ask(client: httpx.Client):\n    client.get('https://pay.example')\n\n"
        "@app.get('/pay')\ndef pay():\n    ask(httpx.Client())\n"
    )
    (tmp_path / "stock.py").write_text("from app import client\n")
    snapshot = audit(Job(tmp_path, places(), date(2026, 6, 1)))
    assert snapshot.crashed == ()
    assert "resilience/no-circuit-breaker" in {one.rule for one in snapshot.findings}


def test_a_statement_that_is_handed_on_without_end_crashes_no_rule(tmp_path: Path) -> None:
    links = "".join(f"def f{n}(sql, key):\n    f{n + 1}(sql, key)\n" for n in range(1500))
    begins = "def go(keys):\n    for key in keys:\n        f0('SELECT 1 FROM orders', key)\n"
    (tmp_path / "links.py").write_text(f"{begins}{links}def f1500(sql, key):\n    cursor.execute(sql, key)\n")
    assert audit(Job(tmp_path, places(), date(2026, 6, 1))).crashed == ()


def test_a_file_whose_name_is_no_text_can_be_checked_by_name(tmp_path: Path) -> None:
    name = os.fsdecode(b"bytes_\xff.py")
    (tmp_path / name).write_bytes(HONEST)
    job = Job(tmp_path, places(), date(2026, 6, 1), only=(name,), cache=tmp_path / "cache", whole=False)
    for _ in ("cold", "warm"):
        assert [finding.rule for finding in audit(job).findings] == ["errors/generic-raise"]


def test_a_pipe_in_the_place_of_git_s_head_is_no_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    os.mkfifo(tmp_path / ".git" / "HEAD")
    assert repository(tmp_path) is None


def test_links_out_of_the_tree_and_in_circles_are_told_and_not_followed(tmp_path: Path) -> None:
    hostile(tmp_path)
    found = discover(tmp_path)
    assert "out.py" not in found.files
    assert {"out.py", "circle.py"} <= {skipped.path for skipped in found.skipped}


@pytest.mark.parametrize("keep", [0, 50, -3, -1000])
def test_a_damaged_cache_is_a_miss(tmp_path: Path, keep: int) -> None:
    root, cache = tmp_path / "tree", tmp_path / "cache"
    root.mkdir()
    (root / "a.py").write_bytes(HONEST)
    first = audited(root, cache=cache)
    for entry in cache.rglob("*"):
        if entry.is_file():
            entry.write_bytes(entry.read_bytes()[:keep] + b"xyz")
    assert audited(root, cache=cache) == first


def test_a_cache_that_can_not_be_written_changes_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    cache = Cache(blocked)
    cache.put("ab", b"x")
    cache.flush()
    assert cache.get("ab") is None


def test_one_process_and_two_give_the_same_bytes(tmp_path: Path) -> None:
    hostile(tmp_path)
    (tmp_path / "pipe.py").unlink()
    assert audited(tmp_path, workers=1) == audited(tmp_path, workers=2)


def test_suppression_dates_are_judged_by_the_day_given() -> None:
    from auditor.facts.suppress import in_force
    from auditor.facts.values import Ignore

    ignore = Ignore(1, 1, 1, (), "2026-05-31", "a reason")
    assert in_force(ignore, date(2026, 5, 31))
    assert not in_force(ignore, date(2026, 6, 1))
