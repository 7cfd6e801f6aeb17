"""What can be said to the questions of the reviews that a team has promised: by measures, or by a person's word with a link."""

import fnmatch

from auditor.model.measure import Basis, Measure
from auditor.model.outlook import Answer, ReviewState
from auditor.model.roadmap import REVIEW, PlannedReview, Question, Roadmap
from auditor.model.verdict import Grade


def answered(roadmap: Roadmap, measures: tuple[Measure, ...], grade: Grade) -> tuple[ReviewState, ...]:
    """Every review with its questions, in the roadmap's order. The grade answers as the measure `grade.score`."""
    known = (*measures, *((Measure("grade.score", grade.score, "points"),) if grade.score is not None else ()))
    return tuple(
        ReviewState(review.name, review.sprint, tuple(_answer(review, question, known) for question in review.questions))
        for review in roadmap.reviews
    )


def _answer(review: PlannedReview, question: Question, known: tuple[Measure, ...]) -> Answer:
    said = [one for one in known if one.name == REVIEW and one.subject == review.subject(question)]
    wanted = [one for one in known if not one.subject and any(fnmatch.fnmatchcase(one.name, name) for name in question.measures)]
    figures = tuple(one for one in (*wanted, *said) if one.known)
    fresh = [one for one in figures if one.basis is not Basis.STALE]
    missing = ", ".join(one.name for one in wanted if not one.known)
    if any(one.basis is not Basis.DECLARED for one in fresh):
        note = f"not known: {missing}" if missing else ""
        return Answer(question.text, "partly" if missing else "measured", figures, note)
    if fresh:
        return Answer(question.text, "declared", figures, f"by {fresh[0].source}")
    if figures:
        return Answer(question.text, "stale", figures, figures[0].note)
    needs = " or ".join(question.measures)
    note = f"nothing has measured {needs}" if needs else "no tool measures this; it needs a person's word with a date and a link"
    return Answer(question.text, "no evidence", (), note)
