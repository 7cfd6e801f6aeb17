"""Packages that are imported, though they only come along with another."""

from collections.abc import Iterator

from auditor.rule import Finding, Inventory, Location, Related, Severity, SupplyRule


class Transitive(SupplyRule):
    """
    A package that only comes along with another goes when the other drops it, and its version is the other's choice. Ask for
    it in the manifest, or use it through the package that brings it.
    """

    title = "imported package that only another one brings"
    severity = Severity.LOW
    bad = [
        """
        # file: pyproject.toml
        [project]
        name = "shop"
        version = "1"
        dependencies = ["flask"]
        # file: pylock.toml
        lock-version = "1.0"
        created-by = "hand"
        [[packages]]
        name = "flask"
        version = "3.1.0"
        dependencies = [{ name = "werkzeug" }]
        [[packages]]
        name = "werkzeug"
        version = "3.1.3"
        # file: src/shop/pages.py
        import flask
        from werkzeug.security import check_password_hash  # <-
        """,
    ]
    good = [
        """
        # file: requirements.txt
        flask==3.1.0
        werkzeug==3.1.3
            # via flask
        # file: shop/pages.py
        import flask
        """,
    ]

    def check(self, inventory: Inventory) -> Iterator[Finding]:
        for missing in inventory.transitive or ():
            first, *others = missing.uses
            whom = ", ".join(missing.brought_by) or "another package"
            more = f", here and in {len(others)} more file{'s' * (len(others) > 1)}" if others else ""
            yield self.finding(
                Location(first.path, first.line),
                f"{missing.package} is imported{more}, and only comes along with {whom}",
                related=tuple(Related(Location(use.path, use.line)) for use in others[:20]),
                facts={"package": missing.package, "brought_by": whom},
            )
