"""How grave advisories are, by their CVSS vectors (v2, v3, v4), an alias's where their own documents have none."""

from collections.abc import Iterable

import msgspec

from auditor.model.inventory import UNKNOWN
from auditor.supply.advisories.document import Document, Vector

NEWEST = ("CVSS_V4", "CVSS_V3", "CVSS_V2")
WORDS = {"critical": "critical", "high": "high", "moderate": "medium", "medium": "medium", "low": "low"}
ORDER = ("critical", "high", "medium", "low", "none")


class Grave(msgspec.Struct, frozen=True):
    """A severity with the score (0 to 10) and the vector it comes from, where there is one."""

    severity: str = UNKNOWN
    score: float | None = None
    vector: str = ""


def grave(documents: Iterable[Document], name: str) -> Grave:
    """The severity that documents about one hole in a package give: by the newest CVSS version that any of them holds, the
    gravest score of it; then by the word that a database gives itself; else unknown.
    """
    known = tuple(documents)
    found = [one for document in known for vector in _vectors(document, name) if (one := _scored(vector)) is not None]
    for kind in NEWEST:
        of_kind = [one for vector_kind, one in found if vector_kind == kind]
        if of_kind:
            return max(of_kind, key=lambda one: (one.score or 0.0, one.vector))
    words = sorted({word for document in known for word in _words(document, name)}, key=ORDER.index)
    return Grave(words[0]) if words else Grave()


def _vectors(document: Document, name: str) -> Iterable[Vector]:
    yield from document.severity
    for part in document.about(name):
        yield from part.severity


def _scored(vector: Vector) -> tuple[str, Grave] | None:
    """The vector's kind and rating; None for other schemes and for vectors that break their own grammar."""
    from cvss import CVSS2, CVSS3, CVSS4
    from cvss.exceptions import CVSSError

    kind = vector.type.upper()
    text = vector.score.strip()
    if kind not in NEWEST or len(text) > 500:
        return None
    try:
        if text.startswith("CVSS:4"):
            kind, score = "CVSS_V4", CVSS4(text).base_score
        elif text.startswith("CVSS:3"):
            kind, score = "CVSS_V3", CVSS3(text).base_score
        else:
            kind, score = "CVSS_V2", CVSS2(text.strip("()")).base_score
    except (CVSSError, ValueError, KeyError, ArithmeticError):
        return None
    number = float(score)
    return kind, Grave(rating(number), number, text)


def rating(score: float) -> str:
    """The word for a score, by the qualitative scale of CVSS v3 and v4, which is used for v2 too."""
    for word, least in (("critical", 9.0), ("high", 7.0), ("medium", 4.0), ("low", 0.1)):
        if score >= least:
            return word
    return "none"


def _words(document: Document, name: str) -> Iterable[str]:
    """What a database says itself (`"severity": "MODERATE"`), where there is no vector."""
    tables = [document.database_specific, *(part.ecosystem_specific for part in document.about(name))]
    for table in tables:
        word = str((table or {}).get("severity", "")).lower()
        if word in WORDS:
            yield WORDS[word]
