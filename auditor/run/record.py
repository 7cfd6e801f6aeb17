"""What one file yields in the map: values only, so that it can be cached and sent between processes."""

import msgspec

from auditor.clones.statements import FileClones
from auditor.facts.flow.events import Flow
from auditor.facts.values import FileFacts
from auditor.model.finding import Finding
from auditor.model.snapshot import Crashed, Skipped


class Needs(msgspec.Struct, frozen=True):
    """Which summaries records hold: those by which calls are followed through the project, those by which copies are found."""

    calls: bool = True
    copies: bool = True


class Record(msgspec.Struct, frozen=True, array_like=True):
    """The map's whole answer for one file. `facts` is None where the file could not be read; then `skipped` says why."""

    path: str
    facts: FileFacts | None
    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    crashed: tuple[Crashed, ...] = ()
    clones: FileClones | None = None
    flow: Flow | None = None
    key: str = ""
    """The name of the bytes it was made from; the reason where they could not be read."""


ENCODER = msgspec.msgpack.Encoder()
DECODER = msgspec.msgpack.Decoder(Record)
