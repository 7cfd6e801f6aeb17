"""Sources made to cost time or memory without end: generated chains, crowds of handlers, nests that only one parser climbs."""

import resource
from datetime import date
from pathlib import Path

import pytest

from auditor.facts.region import cut, spans
from auditor.facts.screen import screen
from auditor.packs.rules import places
from auditor.run.audit import audit
from auditor.run.job import Job
from auditor.run.strict import parses

LEAF = "import requests\n\n\ndef f0(url):\n    return requests.get(url, timeout=3)\n\n\n"


def step(number: int) -> str:
    return f"def f{number}(url):\n    return f{number - 1}(url)\n\n\n"


def rung(number: int) -> str:
    below = number - 1
    return (
        f"def a{number}(url):\n    return f{below}(url)\n\n\ndef b{number}(url):\n    return f{below}(url)\n\n\n"
        f"def f{number}(url):\n    a{number}(url)\n    return b{number}(url)\n\n\n"
    )


@pytest.mark.parametrize(
    "source",
    [
        LEAF + "".join(map(step, range(1, 3000))),
        LEAF + "".join(map(step, range(1, 3000))) + "f0 = f2999\n",
        LEAF + "".join(map(rung, range(1, 40))) + "def top():\n    return f39('https://rates.example.org/today')\n",
    ],
    ids=["three thousand functions in a row", "and in a ring", "two ways at each of forty steps"],
)
def test_an_address_handed_on_without_end_is_given_up(tmp_path: Path, source: str) -> None:
    (tmp_path / "chain.py").write_text(source)
    (tmp_path / "honest.py").write_text("def pay():\n    raise Exception('no')\n")
    snapshot = audit(Job(tmp_path, places(), date(2026, 6, 1)))
    assert snapshot.crashed == ()
    assert "errors/generic-raise" in {finding.rule for finding in snapshot.findings}


def test_the_depth_of_a_handler_is_its_own_and_not_that_of_what_stands_around() -> None:
    around = "def f():\n    x = " + "(" * 160 + "1" + ")" * 160 + "\n    try:\n        pay()\n    except Broken:\n        pass\n"
    sheet = screen("a.py", around.encode(), "(except_clause) @except_clause")
    (span,) = spans(sheet, [(sheet.captures["except_clause"][0], "node")])
    assert cut(sheet, span).roots


def test_a_nest_that_takes_gigabytes_to_climb_is_left() -> None:
    assert parses(b"x = (1 if a else 1)\n")
    assert not parses(b"x = " + b"(" * 1500 + b"1" + b" if a else 1)" * 1500 + b"\n")
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 2 << 20


def test_a_suppression_of_thousands_of_rules_is_told_in_one_line(tmp_path: Path) -> None:
    rules, day = "errors/broad-except, " * 9000, "9" * 9000
    (tmp_path / "a.py").write_text(f"pay()  # auditor: ignore[{rules}] until {day}: x\n")
    told = [one.message for one in audit(Job(tmp_path, places(), date(2026, 6, 1))).findings]
    assert len(told) == 1
    assert "more ends on" in told[0]
    assert len(told[0]) < 400
