"""The name of an audit's inputs covers all that was read: code and templates."""

from datetime import date
from pathlib import Path

from auditor.run.audit import audit
from auditor.run.job import Job


def test_a_changed_template_is_a_changed_input_and_an_unchanged_tree_is_not(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    page = tmp_path / "templates" / "list.html"
    page.parent.mkdir()
    page.write_text("{% for one in all %}{{ one }}{% endfor %}")
    before = audit(Job(tmp_path, (), date(2026, 6, 1))).inputs
    assert audit(Job(tmp_path, (), date(2026, 6, 1))).inputs == before
    page.write_text("{% for one in all %}{{ one.owner }}{% endfor %}")
    assert audit(Job(tmp_path, (), date(2026, 6, 1))).inputs != before
