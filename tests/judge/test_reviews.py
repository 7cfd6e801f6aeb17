"""A review's question is answered by measures, by a person's word, by old figures, or by nothing; and that is told."""

import pytest

from auditor.judge.reviews import answered
from auditor.model.measure import Basis, Measure
from auditor.model.outlook import Answer
from auditor.model.roadmap import REVIEW, PlannedReview, Question, Roadmap
from auditor.model.verdict import Grade

ASKED = PlannedReview("After Sprint 1", "Sprint 1", (Question("Coverage", ("coverage.line_pct", "findings.*")),))


def answer(*measures: Measure, asked: PlannedReview = ASKED, score: float | None = 80.0) -> Answer:
    (review,) = answered(Roadmap(reviews=(asked,)), measures, Grade("B", score, "1"))
    assert (review.name, review.sprint) == (asked.name, asked.sprint)
    (only,) = review.answers
    return only


def cover(value: float | None, basis: Basis = Basis.MEASURED) -> Measure:
    return Measure("coverage.line_pct", value, "%", basis=basis, note="why")


SAID = Measure(REVIEW, 0, subject="After Sprint 1: Coverage", source="Ada", basis=Basis.DECLARED)


@pytest.mark.parametrize(
    ("measures", "state"),
    [
        ((), "no evidence"),
        ((cover(None, Basis.UNKNOWN),), "no evidence"),
        ((cover(80),), "measured"),
        ((cover(80), Measure("findings.bandit", 3)), "measured"),
        ((Measure("findings.bandit", 3), cover(None, Basis.UNKNOWN)), "partly"),
        ((cover(80, Basis.STALE),), "stale"),
        ((SAID,), "declared"),
        ((SAID, cover(80, Basis.STALE)), "declared"),
        ((SAID, cover(80)), "measured"),
        ((Measure("coverage.line_pct", 80, subject="shop/a.py"),), "no evidence"),
    ],
)
def test_the_state_follows_from_what_is_known(measures: tuple[Measure, ...], state: str) -> None:
    assert answer(*measures).state == state


def test_what_is_missing_is_named() -> None:
    assert answer().note == "nothing has measured coverage.line_pct or findings.*"
    assert answer(Measure("findings.x", 0), cover(None, Basis.UNKNOWN)).note == "not known: coverage.line_pct"
    assert answer(SAID).note == "by Ada"
    lessons = PlannedReview("Final", "", (Question("Lessons learned"),))
    assert "a person's word" in answer(asked=lessons).note


def test_the_grade_itself_answers_a_question() -> None:
    final = PlannedReview("Final", "", (Question("Overall grade", ("grade.score",)),))
    assert [one.value for one in answer(asked=final).figures] == [80]
    assert answer(asked=final, score=None).state == "no evidence"
