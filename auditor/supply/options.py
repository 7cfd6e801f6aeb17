"""What the audit of dependencies is told: plain values, made of settings and the command line by whoever calls it."""

from pathlib import Path

import msgspec

from auditor.supply.advisories.answers import Service
from auditor.supply.licence import Licences


class SupplyOptions(msgspec.Struct, frozen=True):
    """`advisories` is a folder or a zip of OSV documents, which then answers instead of the network; `environment` the folder
    of an installed environment, `cache` one for what the network says.
    """

    offline: bool = False
    budget_s: float = 60.0
    advisories: Path | None = None
    environment: Path | None = None
    exclude: tuple[str, ...] = ()
    service: Service = Service()
    index_url: str = ""
    """The index that is asked for releases; empty: the one that pip would ask."""
    releases: bool = True
    licences: Licences = Licences()
    cache: Path | None = None

    @property
    def asks_index(self) -> bool:
        """Whether the index is asked for releases. With advisories at hand nothing needs the network, so nothing uses it."""
        return self.releases and not self.offline and self.advisories is None
