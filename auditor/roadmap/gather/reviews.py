"""The reviews that a page promises after its sprints, each with the questions it is to look at."""

import re
from collections.abc import Sequence

from auditor.model.roadmap import PlannedReview, Question
from auditor.roadmap.binding import answers_to
from auditor.roadmap.page.outline import Frame, Placed
from auditor.roadmap.plan.sprints import Sprints

_REVIEWS = re.compile(r"\b(?:post[- ]implementation|post[- ]sprint|after[- ]action|look[- ]?back) ?(?:reviews?)?\b", re.I)


def read_reviews(page: Sequence[Placed], sprints: Sprints) -> tuple[PlannedReview, ...]:
    """In the page's order. Questions are the list items under the headings of a section on post-implementation reviews."""
    found: dict[str, tuple[str, list[Question]]] = {}
    for placed in page:
        at = next((number for number, frame in enumerate(placed.frames) if _REVIEWS.search(frame.text)), None)
        if at is None or placed.block.kind != "item":
            continue
        inner = placed.frames[at + 1 :]
        name = inner[0].text if inner else placed.frames[at].text
        questions = found.setdefault(name, (_sprint(inner, sprints), []))[1]
        text = placed.block.text
        questions.append(Question(text, answers_to(text), line=placed.block.line))
    return tuple(PlannedReview(name, sprint, tuple(questions)) for name, (sprint, questions) in found.items())


def _sprint(frames: tuple[Frame, ...], sprints: Sprints) -> str:
    label = next((frame.label for frame in frames if frame.label is not None), None)
    return sprints.name_of(label) or "" if label is not None else ""
