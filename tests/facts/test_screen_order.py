"""What the screen gives stands in the order of the source: later readers and two equal runs depend on it."""

from auditor.facts.screen import screen

TEXT = "".join(f'import m{n}\n# remark {n}\ndef f{n}():\n    """Doc {n}."""\n' for n in range(500)).encode()


def test_comments_imports_and_docstrings_stand_in_the_order_of_the_source() -> None:
    facts = screen("a.py", TEXT).facts
    for found in (facts.comments, facts.imports, facts.docstrings, facts.definitions):
        lines = [one.line for one in found]
        assert len(lines) == 500
        assert lines == sorted(lines)
