"""Packages whose licence the team's policy is against."""

from collections.abc import Iterator

from auditor.rule import Finding, Inventory, Severity, SupplyRule


class Licence(SupplyRule):
    """
    A licence is a promise that the team makes by shipping the package. The policy is the settings' (`allowed_licences`,
    `denied_licences`, by SPDX identifiers); of a choice (`MIT OR GPL-3.0-only`) one allowed side is enough. A licence that
    nobody knows is held against the policy too. Without a policy nothing is flagged.
    """

    title = "licence that the policy is against"
    severity = Severity.MEDIUM
    bad = [
        """
        # file: requirements.txt
        pyqt5==5.15.11  # <-
        mystery==1.0  # <-
        # file: known.toml
        [pyqt5]
        licence = "GPL-3.0-only"
        licence_fault = "is under GPL-3.0-only: the policy denies GPL-3.0-only"
        [mystery]
        licence_fault = "has no licence that is known"
        """,
    ]
    good = [
        """
        # file: requirements.txt
        requests==2.32.3
        # file: known.toml
        [requests]
        licence = "Apache-2.0"
        """,
    ]

    def check(self, inventory: Inventory) -> Iterator[Finding]:
        for package in inventory.packages:
            if package.licence_fault:
                yield self.finding(
                    package.location,
                    f"{package.name} {package.version} {package.licence_fault}",
                    severity=self.severity if package.production else Severity.LOW,
                    facts={"package": package.name, "licence": package.licence or "unknown"},
                )
