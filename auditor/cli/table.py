"""Tables on standard output, safe for any text that stands in them."""

import sys

import click

MOST_LETTERS = 72


def table(header: list[str], rows: list[list[str]]) -> None:
    """Drawn by rich on a terminal, plain aligned columns in a pipe; nothing at all without rows."""
    if not rows:
        return
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        drawn = Table(*header, show_lines=False)
        for row in rows:
            drawn.add_row(*(Text(printable(cell)) for cell in row))
        Console().print(drawn)
        return
    cells = [header, *([printable(cell) for cell in row] for row in rows)]
    cells = [[cell if len(cell) <= MOST_LETTERS else cell[: MOST_LETTERS - 1] + "…" for cell in row] for row in cells]
    widths = [max(len(row[index]) for row in cells) for index in range(len(header))]
    for row in cells:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def printable(text: str) -> str:
    """Without control characters, which a hostile page could use to write over the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def counted(number: int, word: str) -> str:
    """`1 snapshot`, `12 snapshots`."""
    return f"{number:,} {word}" + ("" if number == 1 else "s")
