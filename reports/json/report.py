"""The audit as JSON."""

import msgspec

from auditor.report import Report, View, document, visible


class Json(Report):
    """Indented, in a fixed order, UTF-8: two audits can be compared line by line."""

    name = "json"
    suffix = ".json"
    title = "everything, for programs; `auditor schema` prints its schema"

    def render(self, view: View) -> bytes:
        whole = document(view)
        try:
            body = msgspec.json.encode(whole)
        except UnicodeEncodeError:
            body = msgspec.json.encode(_encodable(msgspec.to_builtins(whole)))
        return msgspec.json.format(body, indent=1) + b"\n"


def _encodable(value: object) -> object:
    """The same with half characters, which a string of Python can hold and UTF-8 can not, as escapes."""
    if isinstance(value, str):
        return visible(value, keep="\n\t")
    if isinstance(value, dict):
        return {_encodable(key): _encodable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_encodable(inner) for inner in value]
    return value
