"""The audit as JSON."""

import msgspec

from auditor.report import Report, View, document


class Json(Report):
    """Indented, in a fixed order, UTF-8: two audits can be compared line by line."""

    name = "json"
    suffix = ".json"
    title = "everything, for programs; `auditor schema` prints its schema"

    def render(self, view: View) -> bytes:
        return msgspec.json.format(msgspec.json.encode(document(view)), indent=1) + b"\n"
