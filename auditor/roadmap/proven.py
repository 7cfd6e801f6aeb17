"""Carries the proofs of an older roadmap over to a newer reading of its page: an import must lose nobody's word."""

import msgspec

from auditor.model.roadmap import PlannedReview, Proof, Roadmap


def proven(read: Roadmap, old: Roadmap | None) -> Roadmap:
    """The roadmap with the old one's proofs where the same text is promised or asked."""
    if old is None:
        return read
    targets = {one.text: one.proof for one in old.targets}
    words = {review.subject(one): one.proof for review in old.reviews for one in review.questions}
    return msgspec.structs.replace(
        read,
        targets=tuple(msgspec.structs.replace(one, proof=one.proof or targets.get(one.text)) for one in read.targets),
        reviews=tuple(_review(review, words) for review in read.reviews),
    )


def _review(review: PlannedReview, words: dict[str, Proof | None]) -> PlannedReview:
    questions = tuple(msgspec.structs.replace(one, proof=one.proof or words.get(review.subject(one))) for one in review.questions)
    return msgspec.structs.replace(review, questions=questions)
