"""Modules that are imported and that no manifest asks for."""

from collections.abc import Iterator

from auditor.rule import Confidence, Finding, Inventory, Location, Related, Severity, SupplyRule


class Missing(SupplyRule):
    """
    An import that no manifest asks for works on the machine where somebody once installed the package, and fails on the
    next. Ask for it in the manifest. Imports that may fail (`except ImportError`) are left alone.
    """

    title = "imported module that no manifest asks for"
    severity = Severity.MEDIUM
    confidence = Confidence.MEDIUM
    bad = [
        """
        # file: requirements.txt
        requests==2.32.3
        # file: shop/pay.py
        import requests
        import yaml  # <-
        """,
    ]
    good = [
        """
        # file: requirements.txt
        pyyaml==6.0.2
        # file: shop/pay.py
        import json
        import yaml
        from shop import prices
        try:
            import ujson
        except ImportError:
            ujson = json
        # file: shop/prices.py
        """,
        "# file: shop/pay.py\nimport requests\n",
    ]

    def check(self, inventory: Inventory) -> Iterator[Finding]:
        for missing in inventory.missing or ():
            first, *others = missing.uses
            more = f", here and in {len(others)} more file{'s' * (len(others) > 1)}" if others else ""
            yield self.finding(
                Location(first.path, first.line),
                f"{missing.module} is imported{more}, and no manifest asks for a package that installs it",
                related=tuple(Related(Location(use.path, use.line)) for use in others[:20]),
                facts={"module": missing.module},
            )
