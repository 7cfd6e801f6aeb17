"""A roadmap as the JSON that other tools read: `sprints[]` and `targets[]`, meanings kept from release to release."""

import msgspec

from auditor.model.roadmap import PlannedReview, Proof, Roadmap, Sprint, Target


def to_json(roadmap: Roadmap) -> bytes:
    """Indented UTF-8 JSON with a final newline; what is not stated is null."""
    page = {
        "title": roadmap.title,
        "source": roadmap.source,
        "starts": roadmap.starts or None,
        "sprints": [_sprint(sprint) for sprint in roadmap.sprints],
        "targets": [_target(target) for target in roadmap.targets],
        "reviews": [_review(review) for review in roadmap.reviews],
        "unread": [{"text": one.text, "line": one.line} for one in roadmap.unread],
    }
    return msgspec.json.format(msgspec.json.encode(page), indent=2) + b"\n"


def _sprint(sprint: Sprint) -> dict[str, object]:
    return {
        "name": sprint.name,
        "title": sprint.title,
        "starts": sprint.starts or None,
        "ends": sprint.ends or None,
        "weeks": list(sprint.weeks) if sprint.weeks else None,
        "goal": sprint.goal,
        "deliverables": list(sprint.deliverables),
    }


def _target(target: Target) -> dict[str, object]:
    return {
        "text": target.text,
        "measure": target.measure,
        "comparator": target.comparator,
        "goal": _figure(target.goal),
        "baseline": _figure(target.baseline),
        "unit": target.unit,
        "relative": target.relative,
        "sprint": target.sprint,
        "due": target.due or None,
        "owner": target.owner,
        "part": target.part,
        "claimed": target.claimed,
        "category": target.category,
        "evidence": target.evidence,
        "line": target.line,
        "proof": _proof(target.proof),
    }


def _review(review: PlannedReview) -> dict[str, object]:
    questions = [
        {"text": one.text, "measures": list(one.measures), "line": one.line, "proof": _proof(one.proof)}
        for one in review.questions
    ]
    return {"name": review.name, "sprint": review.sprint, "questions": questions}


def _proof(proof: Proof | None) -> dict[str, object] | None:
    if proof is None:
        return None
    return {"value": _figure(proof.value), "date": proof.date, "who": proof.who, "link": proof.link, "note": proof.note}


def _figure(value: float | None) -> float | int | None:
    """Whole figures without a trailing `.0`."""
    return int(value) if value is not None and value.is_integer() and abs(value) < 1e15 else value
