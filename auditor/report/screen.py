"""What a report is shown on: how wide it is, whether it takes styles, whether it knows letters beyond ASCII."""

from collections.abc import Mapping
from typing import TextIO

import msgspec


class Screen(msgspec.Struct, frozen=True):
    """The place of output. The default is a file or a pipe: no styles at all."""

    width: int = 100
    styled: bool = False
    unicode: bool = True


PAPER = Screen()
"""A file or a pipe."""


def screen(stream: TextIO, environ: Mapping[str, str], columns: int) -> Screen:
    """What may be written to `stream`: styles on a terminal only, and not where `NO_COLOR` or `TERM=dumb` says so.

    `columns` is the terminal's width as the system tells it; `COLUMNS` overrides it. A pipe is 100 wide.
    """
    terminal = stream.isatty()
    told = environ.get("COLUMNS", "")
    width = int(told) if told.isdecimal() and told.isascii() and int(told) else (columns if terminal else 100)
    return Screen(
        width=min(max(width, 40), 160),
        styled=terminal and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb",
        unicode=(stream.encoding or "ascii").lower().replace("-", "").startswith("utf"),
    )
