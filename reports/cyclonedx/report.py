"""The dependencies as a software bill of materials."""

from auditor.report import Report, View, cyclonedx


class CycloneDx(Report):
    """CycloneDX 1.6 in JSON: packages, who brings whom, licences, and the holes with their ratings."""

    name = "cyclonedx"
    suffix = ".cdx.json"
    title = "the dependencies as a bill of materials, CycloneDX 1.6"

    def render(self, view: View) -> str:
        return cyclonedx(view)
