"""The crew of worker processes: a rule that can not be loaded ends the run at once and is told."""

from pathlib import Path

import pytest

from auditor.model.errors import AuditorError
from auditor.packs.rules import places
from auditor.run.desk import Desk, Order
from auditor.run.pool import records


def test_a_rule_that_does_not_load_is_told_once_with_file_and_line(tmp_path: Path) -> None:
    pack = tmp_path / "rules" / "own"
    pack.mkdir(parents=True)
    (pack / "__init__.py").write_text('"""Ours."""\n')
    (pack / "broken.py").write_text("from auditor.rule import FileRule\nraise RuntimeError('no')\n")
    tree = tmp_path / "tree"
    tree.mkdir()
    for number in range(60):
        (tree / f"file_{number}.py").write_text("x = 1\n")
    order = Order(tree, places((pack.parent,)), "digest", 2 << 20, None)
    with pytest.raises(AuditorError, match=r"broken\.py:2: RuntimeError: no"):
        list(records(order, [f"file_{number}.py" for number in range(60)], 2))


def test_what_one_part_captures_no_other_takes_for_its_own() -> None:
    desk = Desk(Order(Path(), places(), "digest", 2 << 20, None))
    record = desk.work("shop.py", b"import a\n\n\ndef pay():\n    total = 1\n    return total\n")
    assert record.clones is not None
    assert record.clones.text.split("\n") == ["def pay ( ) :", "total = 1", "return total"]
