"""What is no promise stays out, and hostile pages end with a clear answer."""

import random

import pytest

from auditor.model.errors import AuditorError
from auditor.roadmap import read_toml
from auditor.roadmap.markdown import read_markdown

ASIDE = """# Plan

## Success metrics
- coverage at least 80 %

## Risks
- 30 % chance of losing 2 people

## Rollback
- roll back within 10 minutes

## Budget
- at most 40,000 EUR

## Team
- 4 engineers at 80 %

## Communication
- answer within 2 hours

## Out of scope
- p95 below 100 ms
"""


def test_headings_about_other_things_hold_no_promises() -> None:
    assert [target.text for target in read_markdown(ASIDE, "p.md").targets] == ["coverage at least 80 %"]


def test_deliverables_are_promises_only_where_a_sprint_states_no_metric() -> None:
    page = (
        "## Sprint 1\n\n**Deliverables:**\n- p95 down to 300 ms\n- New logo\n\n**Success criteria:**\n- coverage 80 %\n\n"
        "## Sprint 2\n\n**Deliverables:**\n- error rate below 1 %\n- Write the handbook\n"
    )
    found = read_markdown(page, "p.md").targets
    assert [(target.sprint, target.measure) for target in found] == [
        ("Sprint 1", "coverage.line_pct"),
        ("Sprint 2", "http.error_rate_pct"),
    ]


def test_code_comments_and_front_matter_hold_no_promises() -> None:
    page = (
        "---\nkpi: coverage 10 %\n---\n## KPIs\n<!-- - coverage 20 % -->\n```\n- coverage 30 %\n```\n    - coverage 40 %\n\n"
        "- coverage 80 %\n"
    )
    assert [target.goal for target in read_markdown(page, "p.md").targets] == [80]


def test_links_and_emphasis_leave_only_their_words() -> None:
    page = "## KPIs\n- **[Test coverage](https://ci.example/42)** of _at least_ `80 %` ([trend](x.md))\n"
    (target,) = read_markdown(page, "p.md").targets
    assert (target.text, target.goal) == ("Test coverage of at least 80 % (trend)", 80)


def test_an_empty_page_states_nothing() -> None:
    roadmap = read_markdown("", "p.md")
    assert (roadmap.sprints, roadmap.targets) == ((), ())


@pytest.mark.parametrize(
    "text",
    ["a\0b", "a" * 30_000, "word\n" * 200_000, "## KPIs\n" + "- coverage 80 %\n\n" * 3_000, "- a\n\n" * 20_000],
    ids=["binary", "one line", "huge", "promises", "items"],
)
def test_what_is_no_roadmap_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(AuditorError, match=r"p\.md"):
        read_markdown(text, "p.md")


@pytest.mark.parametrize(
    "text",
    [
        "> " * 4_000 + "a",
        "[" * 15_000,
        "[a](" * 4_000,
        "*a " * 6_000,
        "".join("  " * depth + "- a\n" for depth in range(400)),
        "|" + "a|" * 5_000 + "\n|" + "-|" * 5_000 + "\n|" + "1|" * 5_000,
        "## KPIs\n- " + "from to by under " * 1_000 + "5 %",
        "## KPIs\n- " + "1," * 9_000,
        "## KPIs\n- " + "(now " * 3_000,
        "<table>\n" + "<!--\n" * 60_000,
        "<table>\n" + "<![CDATA[\n" * 40_000,
        "<table>\n" + '<a b="\n' * 60_000,
        "<table><tr><td>" + "<tr><td>\n" * 9_000,
        "# M1 – " + "1 Jan " * 3_000,
        "- a\nSprint 1 (x\n" * 1_000,
    ],
)
def test_hostile_markup_is_read_to_its_end(text: str) -> None:
    assert len(read_markdown(text, "p.md").targets) <= 2


@pytest.mark.parametrize(
    "text",
    [
        '{"a":' * 3_000 + "1" + "}" * 3_000,
        "# x\n```yaml\na: " + "[" * 4_000 + "\n```\n",
        "# x\n```yaml\na:\n"
        + "".join(f"  - &{name} [*{before}, *{before}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)),
        "# x\n```toml\na=" + "[" * 9_000 + "\n```\n",
        "+---+---+---+\n" * 4_000,
        "```mermaid\nmindmap\n" + "".join(" " * depth + "a\n" for depth in range(600)) + "```\n",
        "```yaml\n" * 3_000,
        "a" + "…" * 19_000,
        ("a," * 200 + "\n") * 300,
    ],
)
def test_hostile_data_is_read_to_its_end(text: str) -> None:
    assert read_markdown(text, "p.md").targets == ()


@pytest.mark.parametrize(
    "text",
    [
        "metric,now,target\n" + "coverage,10%,80%\n" * 3_000,
        "".join(f"[11:02] ann: sprint {number} coverage 80 %\n" for number in range(3_000)),
        "".join(f"target.a{number}=80%\n" for number in range(3_000)),
    ],
    ids=["values", "talk", "assignments"],
)
def test_too_much_data_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(AuditorError, match="too many for a roadmap"):
        read_markdown(text, "p.md")


def test_random_markup_never_fails_in_any_other_way() -> None:
    chance = random.Random(7)
    for _ in range(60):
        text = "".join(chance.choice("#-*|[]()<>!/~`1 9%\n\n abTarget:→≤Q1Sprint 2") for _ in range(3_000))
        assert read_markdown(text, "p.md").source == "p.md"


def test_deeply_nested_toml_is_refused_in_a_sentence() -> None:
    with pytest.raises(AuditorError, match=r"nested too deep|too long"):
        read_toml("a=" + "[" * 9_000, "roadmap.toml")
