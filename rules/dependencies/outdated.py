"""Direct packages with newer releases."""

from collections.abc import Iterator

from auditor.rule import Finding, Inventory, Severity, SupplyRule

LONG_DAYS = 365
VERY_LONG_DAYS = 2 * 365


class Outdated(SupplyRule):
    """
    The further behind, the dearer the step when a hole forces it, and old versions get no fix at all. Behind by less than a
    year is told and no more; a year is low, two years are medium.
    """

    title = "dependency behind its newest release"
    severity = Severity.LOW
    cwe = (1104,)
    bad = [
        """
        # file: requirements.txt
        django==3.2.0  # <-
        requests==2.32.3
        # file: known.toml
        [django]
        latest = "5.1.4"
        behind_releases = 61
        behind_days = 1340
        [requests]
        latest = "2.32.3"
        behind_releases = 0
        behind_days = 0
        """,
    ]
    good = [
        """
        # file: requirements.txt
        requests==2.32.3
        # file: known.toml
        [requests]
        latest = "2.32.3"
        behind_releases = 0
        behind_days = 0
        """,
        "# file: requirements.txt\ndjango==3.2.0\n",
    ]

    def check(self, inventory: Inventory) -> Iterator[Finding]:
        for package in inventory.packages:
            if not package.direct or not package.behind_releases:
                continue
            days = package.behind_days
            since = f" and {days:,} day{'s' * (days != 1)}" if days is not None else ""
            count = package.behind_releases
            yield self.finding(
                package.location,
                f"{package.name} {package.version} is {count:,} release{'s' * (count != 1)}{since} behind {package.latest}",
                severity=_severity(days or 0),
                facts={"package": package.name, "latest": package.latest, "behind_days": str(days or 0)},
            )


def _severity(days: int) -> Severity:
    if days >= VERY_LONG_DAYS:
        return Severity.MEDIUM
    return Severity.LOW if days >= LONG_DAYS else Severity.INFO
