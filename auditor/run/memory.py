"""A whole snapshot from the cache, where neither a file, nor the rules, nor what was asked has changed since."""

from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec

from auditor.facts.cache import Cache, key
from auditor.facts.discover import Discovered, shown
from auditor.facts.source import Unreadable
from auditor.model.snapshot import Snapshot
from auditor.run.desk import Desk, Order
from auditor.run.job import Job
from auditor.run.templates import template_keys


class Memory:
    """The snapshot of one job. Its key covers every file's bytes, so it is worked out only where an earlier run left one."""

    def __init__(self, order: Order, job: Job, found: Discovered, commit: str) -> None:
        self._cache = Cache(order.cache)
        self._order = order
        self._job = job
        self._found = found
        plain = msgspec.structs.replace(job, workers=1, only=tuple(map(shown, job.only)))
        asked = msgspec.json.encode([plain, found.skipped, commit], enc_hook=lambda value: shown(str(value)))
        self._asked = key("snapshot", asked, order.digest, *(file.read_bytes() for file in job.knowledge))

    def recall(self) -> Snapshot | None:
        """The snapshot of an earlier run over the same bytes, taken anew now; None where there is none."""
        try:
            return self._recall()
        finally:
            self._cache.close()

    def _recall(self) -> Snapshot | None:
        if self._cache.get(self._asked) is None:
            return None
        desk = Desk(self._order)
        keys = {}
        for path in self._found.files:
            try:
                keys[shown(path)] = desk.key(path, desk.read(path))
            except Unreadable as error:
                keys[shown(path)] = str(error)
        known = self._cache.get(self._name(keys))
        if known is None:
            return None
        return msgspec.structs.replace(msgspec.msgpack.decode(known, type=Snapshot), taken_at=now())

    def keep(self, snapshot: Snapshot, keys: Mapping[str, str]) -> Snapshot:
        """Writes the snapshot down, and hands it on. One with a crashed rule is not kept: the next run shall try again."""
        if self._order.cache is not None and not snapshot.crashed:
            self._cache.put(self._asked, b"asked before")
            self._cache.put(self._name(keys), msgspec.msgpack.encode(snapshot))
            self._cache.flush()
            self._cache.prune()
        return snapshot

    def _name(self, keys: Mapping[str, str]) -> str:
        return key(
            self._asked, *(f"{path}\0{name}" for path, name in sorted((*keys.items(), *template_keys(self._job, self._found))))
        )


def now() -> str:
    """The time as ISO text in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
