"""The settings about dependencies as the audit of them takes them."""

from auditor.model.policy import Supply
from auditor.supply.audit import SupplyOptions


def options(settings: Supply) -> SupplyOptions:
    """What the audit of dependencies is told."""
    return SupplyOptions(offline=settings.offline, budget_s=settings.budget_s)
