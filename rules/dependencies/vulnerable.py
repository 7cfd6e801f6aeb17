"""Packages in versions against which an advisory is known."""

from collections.abc import Iterator

from auditor.rule import Advisory, Finding, Inventory, Package, Severity, SupplyRule

SEVERITIES = {
    "critical": Severity.CRITICAL,
    "high": Severity.HIGH,
    "unknown": Severity.HIGH,
    "medium": Severity.MEDIUM,
    "low": Severity.LOW,
    "none": Severity.INFO,
}
"""A severity that nobody told may be any: it is held for high until somebody looks."""


class Vulnerable(SupplyRule):
    """
    A hole that is published is a hole that others know how to use. Severity comes from the advisory's CVSS vector; where no
    advisory gives one it is unknown, which counts as high. A package for development alone, or one that nothing imports,
    ranks one step lower.
    """

    title = "package with a known vulnerability"
    severity = Severity.HIGH
    cwe = (1395,)
    bad = [
        """
        # file: requirements.txt
        flask==3.1.0
        jinja2==2.10  # <-
        # file: shop/pages.py
        import jinja2
        # file: known.toml
        [jinja2]
        fix = "raise jinja2 to 2.10.1 in requirements.txt:2"
        advisories = [{ id = "PYSEC-2019-217", aliases = ["CVE-2019-10906"], severity = "high", fixed = ["2.10.1"] }]
        """,
        """
        # file: pylock.toml
        lock-version = "1.0"
        created-by = "hand"
        [[packages]]  # <-
        name = "urllib3"
        version = "1.24"
        # file: known.toml
        [urllib3]
        advisories = [{ id = "PYSEC-2019-132" }]
        """,
    ]
    good = [
        """
        # file: requirements.txt
        jinja2==2.10.1
        # file: known.toml
        [jinja2]
        latest = "3.1.6"
        """,
    ]

    def check(self, inventory: Inventory) -> Iterator[Finding]:
        for package in inventory.packages:
            for advisory in package.advisories:
                yield self._hole(package, advisory)

    def _hole(self, package: Package, advisory: Advisory) -> Finding:
        lower = _lower(package)
        fixed = f"fixed in {', '.join(advisory.fixed)}" if advisory.fixed else "no fixed version is known"
        facts = {
            "package": package.name,
            "version": package.version,
            "advisory": advisory.id,
            "aliases": ", ".join(advisory.aliases),
            "severity": advisory.severity,
            "vector": advisory.vector,
            "fixed": ", ".join(advisory.fixed),
            "fix": package.fix,
            "brought_by": ", ".join(package.brought_by),
            "reach": lower or _reach(package),
        }
        own = SEVERITIES[advisory.severity]
        return self.finding(
            package.location,
            f"{package.name} {package.version} has {advisory.id} ({advisory.severity} severity): {fixed}"
            + (f"; {lower}" if lower else ""),
            severity=list(Severity)[min(own.rank + 1, Severity.LOW.rank)] if lower and own is not Severity.INFO else own,
            facts={name: text for name, text in facts.items() if text},
        )


def _lower(package: Package) -> str:
    """Why the package ranks lower, or an empty string."""
    if not package.production:
        return "it is for development alone"
    return "nothing imports it" if package.imported_by == () else ""


def _reach(package: Package) -> str:
    if not package.imported_by:
        return ""
    first, *others = package.imported_by
    files = f"imported by {first}" + (f" and {len(others)} more" if others else "")
    way = {True: ", on a path from an entry point", False: ", on no path from an entry point", None: ""}
    return files + way[package.reached]
