"""Text of the audited tree made safe to look at: what a screen would obey or hide is shown as an escape instead."""

import re

_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # the C0 and C1 controls: line ends, tabs, terminal escapes
    "\u00ad\u061c\u115f\u1160\u180e\u3164\uffa0"  # soft hyphen, the Arabic mark, fillers that look like nothing
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero widths, line separators, bidi overrides and isolates
    "\ufeff\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"  # byte-order mark, annotations, no characters, lone surrogates
    "\U000e0000-\U000e0fff]"  # tags
)


def visible(text: str, keep: str = "") -> str:
    """The text with every control, invisible and direction-changing character as Python would write it (`\\x1b`,
    `\\u202e`), but for those in `keep`. The result encodes as UTF-8 and is one line unless `keep` holds a line end.
    """
    if text.isascii() and text.isprintable():
        return text
    return _HIDDEN.sub(lambda found: found[0] if found[0] in keep else _escape(found[0]), text)


def _escape(character: str) -> str:
    return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(character) or (
        f"\\x{ord(character):02x}"
        if ord(character) < 0x100
        else f"\\u{ord(character):04x}"
        if ord(character) < 0x10000
        else f"\\U{ord(character):08x}"
    )


def cut(text: str, width: int) -> str:
    """The text, or its beginning and an ellipsis where it has more than `width` characters."""
    return text if len(text) <= width else text[: max(width - 1, 0)] + "…"
