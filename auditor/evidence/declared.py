"""What persons answer for in the roadmap, as evidence like any other: with a date, a name, a link, and an age."""

from collections.abc import Iterator

from auditor.evidence.record import Evidence
from auditor.model.measure import Basis, Measure
from auditor.model.roadmap import REVIEW, Proof, Roadmap


def declared(roadmap: Roadmap) -> Evidence:
    """All proofs of a roadmap, each about the promise or the question that it proves and nothing else: a person's word on one
    promise is no figure of the project. `declared` is their basis wherever shown.
    """
    return Evidence(kind="manual", tool="roadmap", file=roadmap.source, taken_at="", measures=tuple(_measures(roadmap)))


def _measures(roadmap: Roadmap) -> Iterator[Measure]:
    for target in roadmap.targets:
        if target.proof is not None:
            yield _measure(target.measure, target.text, target.unit if not target.relative else "", target.proof)
    for review in roadmap.reviews:
        for question in review.questions:
            if question.proof is not None:
                yield _measure(REVIEW, review.subject(question), "", question.proof)


def _measure(name: str, about: str, unit: str, proof: Proof) -> Measure:
    return Measure(name, proof.value, unit or "count", about, proof.who, Basis.DECLARED, proof.note, proof.date, proof.link)
