"""The names by which other tools know packages: package URLs of the Python index."""

from typing import TYPE_CHECKING

from auditor.report.visible import visible

if TYPE_CHECKING:
    from packageurl import PackageURL


def purl(name: str, version: str) -> "PackageURL":
    """`pkg:pypi/jinja2@3.1.4`; without a version where none is known."""
    from packageurl import PackageURL

    return PackageURL("pypi", None, named(name), visible(version) or None)


def named(name: str) -> str:
    """A name that is never empty."""
    return visible(name).strip() or "unnamed"
