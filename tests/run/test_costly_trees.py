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


def nested(depth: int, head: str, leaf: str, tail: str = "") -> str:
    """Statements each of which stands in the one before."""
    below = (" " * level + line for level in range(depth)[::-1] for line in tail.splitlines())
    return "\n".join([*(" " * level + head for level in range(depth)), " " * depth + leaf, *below]) + "\n"


def test_the_way_out_of_a_node_is_the_one_that_its_parents_give() -> None:
    sheet = screen(
        "a.py", Path(__file__).read_bytes() + nested(40, "try:", "raise Broken", "except E:\n raise").encode(), "(_) @all"
    )
    for node in sheet.captures["all"]:
        climbed, place = [], node.parent
        while place is not None:
            climbed.append(place)
            place = place.parent
        assert sheet.around(node) == climbed


def test_nine_hundred_blocks_in_one_another_cost_no_more_than_their_square(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(nested(900, "try:", "pay()", "except Exception as e:\n raise Other(e)"))
    (tmp_path / "b.py").write_text(nested(900, "try:", "pay()", "except Exception:\n pass"))
    snapshot = audit(Job(tmp_path, places(), date(2026, 6, 1)))
    assert snapshot.crashed == ()
    swallowed = [one for one in snapshot.findings if one.rule == "errors/swallowed-exception"]
    assert len(swallowed) == 900


@pytest.mark.parametrize(
    "within", ["x = " + "(" * 1500 + "1" + ")" * 1500, nested(900, "if a:", "raise error").replace("\n", "\n  ")]
)
def test_what_a_handler_holds_may_nest_deeper_than_the_interpreter_goes(tmp_path: Path, within: str) -> None:
    source = f"try:\n  pay()\nexcept PayError as error:\n  {within}\n  raise\n\n\n"
    (tmp_path / "a.py").write_text(source + "def pay():\n    raise Exception('no')\n")
    snapshot = audit(Job(tmp_path, places(), date(2026, 6, 1)))
    assert snapshot.crashed == ()
    assert "errors/generic-raise" in {finding.rule for finding in snapshot.findings}


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
