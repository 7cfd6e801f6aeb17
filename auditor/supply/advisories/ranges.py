"""Whether an advisory holds for a version, by OSV's algorithm: listed, or inside a range on PEP 440's line of versions."""

from functools import lru_cache

from packaging.version import InvalidVersion, Version

from auditor.supply.advisories.document import Affected, Document, Range

KINDS = ("introduced", "last_affected", "fixed", "limit")
ON_VERSIONS = ("ECOSYSTEM", "SEMVER")
START = Version("0.dev0")
"""What `introduced: 0` stands for: before all versions."""


class Undecided(Exception):
    """An advisory that may hold for the version, and does not say so in a form that can be read."""

    def __init__(self, reason: str, word: str = "") -> None:
        super().__init__(reason)
        self.word = word
        """The text in the document at which it fails."""


def holds(document: Document, name: str, version: str) -> bool:
    """Whether it affects that version of the package. Raises Undecided where a range that it needs is nonsense."""
    if document.withdrawn:
        return False
    return _any(document.about(name), version)


def _any(parts: tuple[Affected, ...], version: str) -> bool:
    """The first part that affects the version decides; one that can not be read only if no other does."""
    trouble: Undecided | None = None
    for part in parts:
        if _listed(part, version):
            return True
        if not part.versions and not part.ranges:
            trouble = Undecided("names neither versions nor ranges")
        elif not part.versions and all(one.type not in ON_VERSIONS for one in part.ranges):
            trouble = Undecided("names commits and no versions")
        for one in part.ranges:
            try:
                if one.type in ON_VERSIONS and _inside(one, version):
                    return True
            except Undecided as error:
                trouble = error
    if trouble is not None:
        raise trouble
    return False


def _listed(part: Affected, version: str) -> bool:
    """Whether the list of versions holds it, in this or another spelling of the same version."""
    if version in part.versions:
        return True
    wanted = _parsed(version)
    if wanted is None:
        return False
    first = str(wanted.release[0])
    near = (text for text in part.versions if not text[:1].isdigit() or "!" in text or text.split(".")[0] == first)
    alike = {wanted, Version(wanted.public)}
    return any(_parsed(text) in alike for text in near)


def _inside(one: Range, version: str) -> bool:
    wanted = _parsed(version)
    events = [_event(kind, text) for event in one.events for kind, text in event.items() if kind in KINDS]
    if wanted is None:
        raise Undecided(f"has ranges, among which {version!r} has no place: it is no version in PEP 440's form")
    limits = [at for at, kind in events if kind == "limit"]
    line = sorted((at, KINDS.index(kind)) for at, kind in events if kind != "limit")
    if not line or KINDS[line[0][1]] != "introduced":
        raise Undecided("has a range that does not begin: nothing is introduced", '"events"')
    if limits and not any(wanted < limit for limit in limits):
        return False
    inside = False
    for at, number in line:
        kind = KINDS[number]
        if kind == "introduced" and wanted >= at:
            inside = True
        elif (kind == "fixed" and wanted >= at) or (kind == "last_affected" and wanted > at):
            inside = False
    return inside


def _event(kind: str, text: str) -> tuple[Version, str]:
    if kind == "introduced" and text == "0":
        return START, kind
    parsed = _parsed(text)
    if parsed is None and not (kind == "limit" and text == "*"):
        raise Undecided(f"has a range with {kind} {text[:60]!r}, which is no version", text)
    return parsed or Version("999999!0"), kind


@lru_cache(maxsize=1 << 16)
def _parsed(text: str) -> Version | None:
    try:
        return Version(text)
    except InvalidVersion:
        return None
