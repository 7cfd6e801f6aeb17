"""The settings about dependencies, and what the command line and the environment say, as the audit of them takes them."""

import os
from pathlib import Path

from auditor.facts.cache import folder
from auditor.settings import Settings
from auditor.supply.advisories.answers import Service
from auditor.supply.licence import Licences
from auditor.supply.options import SupplyOptions


def options(root: Path, settings: Settings, offline: bool = False, advisories: Path | None = None) -> SupplyOptions:
    """What the audit of dependencies is told. The address of OSV is never the project's to say: `AUDITOR_OSV_URL` names a
    mirror.
    """
    supply = settings.supply
    service = Service(supply.service)
    mirror = os.environ.get("AUDITOR_OSV_URL", "").rstrip("/")
    return SupplyOptions(
        offline=supply.offline or offline,
        budget_s=supply.budget_s,
        advisories=advisories,
        environment=root / supply.environment if supply.environment else None,
        exclude=settings.discover.exclude,
        service=Service(supply.service, mirror) if mirror else service,
        releases=supply.releases,
        licences=Licences(supply.allowed_licences, supply.denied_licences, supply.exempt_licences),
        cache=folder(),
    )
