"""The search for copies on the map's records alone, as a worker does it while its master follows the calls."""

import msgspec

from auditor.clones.copies import Copies, copies
from auditor.clones.statements import FileClones


class _Kind(msgspec.Struct, frozen=True, array_like=True):
    path: str
    kind: str


class _Part(msgspec.Struct, frozen=True, array_like=True):
    """The beginning of a Record, what is not needed left undecoded."""

    path: str
    facts: _Kind | None
    findings: msgspec.Raw
    skipped: msgspec.Raw
    crashed: msgspec.Raw
    clones: FileClones | None


_PARTS = msgspec.msgpack.Decoder(_Part)
_COPIES = msgspec.msgpack.Decoder(Copies)


def searched(bodies: list[bytes]) -> bytes:
    """The encoded Copies of encoded Records, in whatever order these come."""
    parts = sorted((_PARTS.decode(body) for body in bodies), key=lambda part: part.path)
    rows = {part.path: part.clones for part in parts if part.clones is not None}
    kinds = {part.path: part.facts.kind for part in parts if part.facts is not None}
    return msgspec.msgpack.encode(copies(rows, kinds))


def read(body: bytes) -> Copies:
    """What `searched` encoded."""
    return _COPIES.decode(body)
