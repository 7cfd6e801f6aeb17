"""What the team says of the risks that it lives with."""

from auditor.report import Report, View, openvex


class OpenVex(Report):
    """One OpenVEX statement an accepted risk whose day has not passed."""

    name = "openvex"
    suffix = ".vex.json"
    title = "the accepted risks as an OpenVEX 0.2.0 document"

    def render(self, view: View) -> str:
        return openvex(view)
