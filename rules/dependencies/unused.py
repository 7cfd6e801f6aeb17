"""Packages that production asks for and nothing imports."""

from collections.abc import Iterator

from auditor.rule import Confidence, Finding, Inventory, Severity, SupplyRule
from auditor.rule import Unused as Unimported


class Unused(SupplyRule):
    """
    A package that nothing imports is still installed, audited, upgraded and a way in. Take it out of the manifest. Servers,
    drivers and others that work without being imported are known, and so are names in settings and start files. In a flat list of
    exact versions, where nobody says who brings whom, it may be pinned for the sake of another: then the rule is not sure.
    """

    title = "dependency that nothing imports"
    severity = Severity.LOW
    cwe = (1164,)
    bad = [
        """
        # file: requirements.txt
        requests==2.32.3
        pyyaml==6.0.2  # <-
        # file: shop/pay.py
        import requests
        """,
        """
        # file: pyproject.toml
        [project]
        name = "shop"
        version = "1"
        dependencies = [
            "arrow>=1.3",  # <-
        ]
        # file: src/shop/pay.py
        import json
        """,
    ]
    good = [
        """
        # file: requirements.txt
        gunicorn==23.0.0
        pyyaml==6.0.2
        django-filter==24.3
        # file: shop/settings.py
        import yaml
        INSTALLED_APPS = ["django_filters"]
        """,
        """
        # file: requirements-dev.txt
        pytest-cov==5.0.0
        # file: shop/pay.py
        import json
        """,
    ]

    def check(self, inventory: Inventory) -> Iterator[Finding]:
        for unused in inventory.unused or ():
            package = unused.package
            looked = " or ".join(unused.modules[:3]) or "a module of it"
            yield self.finding(
                package.location,
                f"{package.name} is asked for, and nothing imports {looked}",
                confidence=_confidence(unused, inventory.graph),
                facts={"package": package.name, "modules": ", ".join(unused.modules)},
            )


def _confidence(unused: Unimported, graph: bool) -> Confidence:
    """Low for an exact version in a flat list, where nobody says who brings whom: it may be pinned for another's sake."""
    if not graph and any(demand.version for demand in unused.package.demands):
        return Confidence.LOW
    return Confidence.HIGH if unused.sure else Confidence.MEDIUM
