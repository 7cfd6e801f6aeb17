"""What looks like a promise and was not read as one is told, with its line, and stays told in the file."""

from auditor.roadmap import read_toml, to_json, write_toml
from auditor.roadmap.markdown import read_markdown

PAGE = """# Plan

## Success metrics
- coverage at least 80 %
- error rate below 1 %

## Sprint 1
- p95 down to 300 ms
- New logo

## How we work
- 2 reviewers look at each change
- no outage may last longer than 20 minutes

```yaml
targets: {coverage: 90 %}
```
"""


def test_a_bounded_figure_that_became_no_target_is_told_with_its_line() -> None:
    roadmap = read_markdown(
        "## KPIs\n- coverage at least 80 %\n\n## Notes\nWe answer each ticket within 2 days at most.\n", "p.md"
    )
    assert [target.text for target in roadmap.targets] == ["coverage at least 80 %"]
    assert [(one.line, one.text) for one in roadmap.unread] == [(5, "We answer each ticket within 2 days at most.")]


def test_a_block_of_data_beside_promises_is_told() -> None:
    assert ("a block of data", 15) in [(one.text, one.line) for one in read_markdown(PAGE, "p.md").unread]


def test_what_was_read_and_what_is_about_something_else_is_not_told() -> None:
    page = "## KPIs\n- coverage at least 80 %\n\n## Risks\n- 30 % chance of losing 2 people\n\n## Team\n- 4 engineers\n"
    assert read_markdown(page, "p.md").unread == ()


def test_unread_lines_survive_the_file_and_stand_in_the_json() -> None:
    roadmap = read_markdown(PAGE, "p.md")
    assert read_toml(write_toml(roadmap), "roadmap.toml") == roadmap
    assert b'"unread": [' in to_json(roadmap)


def test_no_page_is_told_without_end() -> None:
    page = "## KPIs\n- coverage at least 80 %\n\n## Notes\n" + "".join(f"Each call takes {n} s at most.\n\n" for n in range(90))
    unread = read_markdown(page, "p.md").unread
    assert len(unread) == 41
    assert unread[-1].text == "and 50 more lines"


def test_a_choice_and_what_has_happened_promise_nothing() -> None:
    page = (
        "# Choices\n\n## Decision outcome\n\nOption 2, since nobody knows the first.\n\nThe error rate has tripled since May.\n"
    )
    assert read_markdown(page, "p.md").targets == ()
