"""roadmap.toml: what is written is read back exactly, and every mistake is told with its line."""

import json
import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.errors import AuditorError
from auditor.model.roadmap import PlannedReview, Proof, Question, Roadmap, Sprint, Target
from auditor.roadmap import read_toml, to_json, write_toml

TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r"), max_size=60)
NAME = st.text(string.ascii_letters + string.digits + " –'\"\\#[]=", min_size=1, max_size=20).filter(str.strip)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1)).map(date.isoformat)
FIGURES = st.none() | st.floats(-1e12, 1e12, allow_nan=False) | st.integers(-(10**9), 10**9).map(float)


PROOFS = st.none() | st.builds(
    Proof,
    value=st.integers(-(10**9), 10**9).map(float),
    date=DAYS,
    who=NAME,
    link=st.sampled_from(["https://wiki.example.org/incidents?q=1", "docs/proof.md"]),
    note=TEXT,
)
QUESTIONS = st.builds(
    Question,
    text=NAME,
    measures=st.sampled_from([(), ("coverage.line_pct", "findings.*")]),
    proof=PROOFS,
    line=st.integers(0, 99),
)


@st.composite
def roadmaps(draw: st.DrawFn) -> Roadmap:
    names = draw(st.lists(NAME, unique=True, max_size=4))
    sprints = tuple(
        Sprint(
            name,
            *(sorted((draw(DAYS), draw(DAYS))) if draw(st.booleans()) else ("", "")),
            draw(st.none() | st.tuples(st.integers(1, 9), st.integers(9, 20))),
            draw(TEXT),
            draw(TEXT),
            tuple(draw(st.lists(TEXT, max_size=3))),
        )
        for name in names
    )
    target = st.builds(
        Target,
        text=NAME,
        measure=st.sampled_from(["manual", "coverage.line_pct", "todo.count"]),
        comparator=st.sampled_from(["<", "<=", ">", ">=", "=="]),
        goal=FIGURES,
        baseline=FIGURES,
        unit=st.sampled_from(["", "%", "ms", "count"]),
        sprint=st.sampled_from(["", *names]),
        claimed=st.booleans(),
        relative=st.booleans(),
        category=TEXT,
        evidence=TEXT,
        line=st.integers(0, 10_000),
        proof=PROOFS,
    )
    review = st.builds(PlannedReview, NAME, st.sampled_from(["", *names]), st.lists(QUESTIONS, max_size=3).map(tuple))
    targets, reviews = tuple(draw(st.lists(target, max_size=4))), tuple(draw(st.lists(review, max_size=3)))
    return Roadmap(draw(TEXT), draw(DAYS | st.just("")), sprints, targets, draw(TEXT), reviews)


@given(roadmaps())
def test_a_roadmap_survives_its_toml(roadmap: Roadmap) -> None:
    assert read_toml(write_toml(roadmap), "roadmap.toml") == roadmap


MISTAKES = '''title = "Plan"
owner = "me"

[[sprint]]
name = "Sprint 1"
starts = "soon"
weeks = [3, 1]

[[target]]
text = """
[[target]]
goal = "not a key"
"""
goal = "90"
comparator = "=>"
sprint = "Sprnt 1"

[[target]]
mesure = "todo.count"
claimed = "yes"
'''


def test_all_mistakes_are_told_together_with_their_lines_and_hints() -> None:
    with pytest.raises(AuditorError) as caught:
        read_toml(MISTAKES, "roadmap.toml")
    told = caught.value.message.splitlines()
    assert told[0] == "roadmap.toml has 9 mistakes:"
    assert [line.strip().split(" ")[0] for line in told[1:]] == [
        f"roadmap.toml:{line}:" for line in (2, 6, 7, 14, 15, 16, 18, 19, 20)
    ]
    assert "did you mean `Sprint 1`?" in told[6]
    assert "did you mean `measure`?" in told[8]


UNPROVEN = """
[[target]]
text = "Zero data loss incidents"
proof = { value = 0, who = "Ada" }

[[target]]
text = "Nobody waits"
proof = { value = "0", date = "soon", who = "Ada", link = "javascript:alert(1)", when = 1 }

[[review]]
name = "After Sprint 1"

[[review.question]]
text = "Security audit results"
measures = ["Not A Name"]

[[review.question]]
measure = ["x"]
"""


def test_a_proof_without_date_name_or_link_is_told_and_so_is_a_link_that_is_none() -> None:
    with pytest.raises(AuditorError) as caught:
        read_toml(UNPROVEN, "roadmap.toml")
    told = caught.value.message
    for line, says in (
        (4, "a proof needs `date`"), (4, "a proof needs `link`"), (8, "value must be a number"), (8, "date must be a date"),
        (8, "is no link"), (8, "unknown key `when`"), (15, "`Not A Name` is no measure's name"), (18, "did you mean `measures`?"),
        (17, "a review.question needs `text`"),
    ):  # fmt: skip
        assert any(f"roadmap.toml:{line}:" in row and says in row for row in told.splitlines()), (line, says, told)


def test_a_table_that_was_put_in_another_is_no_misspelt_key() -> None:
    with pytest.raises(AuditorError) as caught:
        read_toml("title = 'a'\n[[sprint]]\nname = 'One'\ntarget = 'Security TODOs: 0'\n", "roadmap.toml")
    assert "unknown key `target` (write each target as a table of its own, [[target]])" in caught.value.message


def test_what_is_no_toml_is_told_with_its_line() -> None:
    with pytest.raises(AuditorError, match=r"roadmap\.toml is not valid TOML: .*line 2"):
        read_toml("title = 'a'\n[[sprint]\n", "roadmap.toml")


def test_the_json_contract_names_what_is_missing_null() -> None:
    roadmap = Roadmap("Plan", "", (Sprint("Sprint 1", weeks=(1, 3)),), (Target("Zero bugs", goal=0.0, sprint="Sprint 1"),))
    page = json.loads(to_json(roadmap))
    assert page["sprints"][0] | {"goal": "", "deliverables": []} == {
        "name": "Sprint 1", "title": "", "starts": None, "ends": None, "weeks": [1, 3], "goal": "", "deliverables": [],
    }  # fmt: skip
    assert page["targets"][0]["goal"] == 0
    assert page["targets"][0]["baseline"] is None
    assert page["targets"][0]["relative"] is False


def test_a_sign_that_turns_the_line_around_is_written_so_that_it_is_seen() -> None:
    roadmap = Roadmap(title="Q1 \u202e3Q\u202c \\\u200b", targets=(), sprints=())
    text = write_toml(roadmap)
    assert r"\u202e3Q\u202c" in text
    assert "\u202e" not in text
    assert read_toml(text, "roadmap.toml") == roadmap
