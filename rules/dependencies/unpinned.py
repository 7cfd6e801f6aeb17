"""Packages whose version is left to the day of the installation."""

from collections.abc import Iterator

from auditor.rule import Confidence, Demand, Finding, Inventory, Severity, SupplyRule


class Unpinned(SupplyRule):
    """
    Without an exact version, and without a lock that has one, two installations of the same commit differ, and nobody can say
    what was audited. Pin it, or keep a lock. An address of a branch is no version either: name a commit or a hash. Libraries
    leave the choice to their users, so a bound is enough there.
    """

    title = "dependency without an exact version"
    severity = Severity.LOW
    cwe = (1357,)
    bad = [
        """
        # file: requirements.txt
        requests  # <-
        flask>=3.0  # <-
        celery @ git+https://example.com/celery.git@main  # <-
        django==5.1.4
        """,
        """
        # file: pyproject.toml
        [project]
        name = "shop"
        version = "1"
        dependencies = [
            "flask",  # <-
        ]
        """,
    ]
    good = [
        """
        # file: requirements.in
        requests
        # file: requirements.txt
        requests==2.32.3
        celery @ git+https://example.com/celery.git@0123456789abcdef0123456789abcdef01234567
        """,
        """
        # file: pyproject.toml
        [project]
        name = "shop"
        version = "1"
        dependencies = ["flask>=3.0"]
        """,
    ]

    def check(self, inventory: Inventory) -> Iterator[Finding]:
        for package in inventory.packages:
            for demand in package.demands:
                if demand.production and (fault := _fault(demand, package.version)):
                    yield self.finding(
                        demand.location,
                        f"{package.name} {fault}",
                        confidence=Confidence.MEDIUM if demand.published else Confidence.HIGH,
                        facts={"package": package.name, "asked": demand.specifier},
                    )


def _fault(demand: Demand, version: str) -> str:
    """What is wrong with a demand for a package of which `version` is known, or an empty string."""
    if demand.origin in ("vcs", "url"):
        return "" if demand.fixed else "comes from an address without a commit or a hash: what is there may change"
    if version or demand.origin or (demand.published and demand.specifier):
        return ""
    return f"may be {demand.specifier}: no lock and no pin says which" if demand.specifier else "may be any version"
