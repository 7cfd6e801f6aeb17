"""Several packages for one job."""

from collections.abc import Iterator

from auditor.rule import Confidence, Finding, Inventory, Related, Severity, SupplyRule


class DuplicatePurpose(SupplyRule):
    """
    Two packages for one job are two to learn, to upgrade and to audit, and their behaviour differs where nobody looks. Settle
    on one. Packages that belong together (an add-on, a part, a parser behind another) are one choice.
    """

    title = "two packages for one job"
    severity = Severity.LOW
    confidence = Confidence.MEDIUM
    bad = [
        """
        # file: requirements.txt
        arrow==1.3.0  # <-
        django==5.1.4
        pendulum==3.0.0
        """,
    ]
    good = [
        """
        # file: requirements.txt
        beautifulsoup4==4.12.3
        lxml==5.3.0
        requests==2.32.3
        # file: requirements-test.txt
        httpx==0.28.1
        """,
    ]

    def check(self, inventory: Inventory) -> Iterator[Finding]:
        for purpose in inventory.purposes:
            first, *others = purpose.packages
            names = ", ".join(package.name for package in others)
            yield self.finding(
                first.location,
                f"{first.name} and {names} do one job: {purpose.job}",
                related=tuple(Related(package.location, package.name) for package in others),
                facts={"job": purpose.job, "packages": ", ".join(package.name for package in purpose.packages)},
            )
