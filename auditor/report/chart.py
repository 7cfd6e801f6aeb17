"""Small charts as inline SVG: no script, no request, styled by the page's classes, each with its words for a reader
who does not see it."""

import math
from collections.abc import Iterable

from markupsafe import Markup, escape

from auditor.report.parts.group import Count
from auditor.report.visible import visible


def slug(text: str) -> str:
    """A word for a class or an id: lower-case letters, digits and hyphens of the text, nothing else."""
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in text.lower()).split())


def bar(share: float | None, kind: str, words: str) -> Markup:
    """How far something is: a track of 100 by 6 with its first `share` (0 to 1) filled; hatched where it is unknown."""
    if share is None:
        inside = Markup('<rect class="track unknown" width="100" height="6"/>')
    else:
        width = f"{100 * min(max(share, 0), 1):.4g}"
        inside = Markup('<rect class="track" width="100" height="6"/><rect class="fill c-{}" width="{}" height="6"/>')
        inside = inside.format(slug(kind), width)
    return _svg("bar", "0 0 100 6", words, inside)


def stack(counts: Iterable[Count], words: str) -> Markup:
    """Parts of a whole, side by side over a width of 100, in the given order; each at least wide enough to be seen."""
    parts = [(count.name, max(count.number, 0)) for count in counts if count.number > 0]
    total = sum(number for _, number in parts)
    if not total:
        return _svg("stack", "0 0 100 6", words, Markup('<rect class="track" width="100" height="6"/>'))
    widths = [max(100 * number / total, 1.5) for _, number in parts]
    scale = (100 - 0.6 * (len(parts) - 1)) / sum(widths)
    left = 0.0
    inside = Markup()
    for (name, _), width in zip(parts, widths, strict=True):
        inside += Markup('<rect class="c-{}" x="{}" width="{}" height="6"/>').format(
            slug(name), f"{left:.2f}", f"{width * scale:.2f}"
        )
        left += width * scale + 0.6
    return _svg("stack", "0 0 100 6", words, inside)


def ring(share: float | None, kind: str, words: str) -> Markup:
    """A ring of radius 54 in a square of 120, filled clockwise from the top by `share`; empty where unknown."""
    around = 2 * math.pi * 54
    inside = Markup('<circle class="track" cx="60" cy="60" r="54"/>')
    if share is not None:
        filled = around * min(max(share, 0), 1)
        inside += Markup(
            '<circle class="fill c-{}" cx="60" cy="60" r="54" transform="rotate(-90 60 60)" stroke-dasharray="{} {}"/>'
        ).format(slug(kind), f"{filled:.1f}", f"{around:.1f}")
    return _svg("ring", "0 0 120 120", words, inside)


def _svg(kind: str, box: str, words: str, inside: Markup) -> Markup:
    stretch = Markup(' preserveAspectRatio="none"') if kind != "ring" else Markup()
    label = Markup(' role="img" aria-label="{}"').format(escape(visible(words))) if words else Markup(' aria-hidden="true"')
    return Markup('<svg class="{}" viewBox="{}"{}{}>{}</svg>').format(kind, box, stretch, label, inside)
