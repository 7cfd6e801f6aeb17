"""From a chart's description to a picture: SVG whose colours the page decides, cleaned to shapes and text, or PNG."""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from xml.etree import ElementTree as Xml

import msgspec
from markupsafe import Markup, escape

from auditor.report.extras import extra
from auditor.report.visible import visible

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
"""A name that says which language the descriptions are in; nobody asks it."""
SVG = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "g", "path", "rect", "line", "text", "tspan", "defs", "clipPath", "circle"}
KEPT = {
    "viewBox", "width", "height", "transform", "d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "dx", "dy", "id",
    "clip-path", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
    "stroke-opacity", "opacity", "font-size", "font-weight", "text-anchor",
}  # fmt: skip
"""What a shape may say of itself: no link, no script, no style, no name of a class."""
INK, SOFT, LINE, CARD = "#171c24", "#55606e", "#dfe3e9", "#ffffff"
UP, DOWN, MAIN, GOAL, WARN = "#009e73", "#d55e00", "#0072b2", "#cc79a7", "#e69f00"
"""The palette of Okabe and Ito (Color Universal Design, 2008), told apart by every kind of sight; no meaning hangs on
colour alone."""
COLOURS = {
    INK: "var(--ink)", SOFT: "var(--soft)", LINE: "var(--line)", CARD: "var(--card)", UP: "var(--up)", DOWN: "var(--down)",
    MAIN: "var(--main)", GOAL: "var(--goal)", WARN: "var(--warn)",
}  # fmt: skip
"""What the page calls each colour, so that light, dark and paper have their own."""
FONT = "DejaVu Sans, Noto Sans, Segoe UI, sans-serif"


class Plot(msgspec.Struct, frozen=True):
    """A chart: its Vega-Lite description, its words for who does not see it, and its figures as a table.

    `rows` begin with a head. All text is safe to look at.
    """

    name: str
    words: str
    spec: dict[str, Any]
    rows: tuple[tuple[str, ...], ...] = ()

    def svg(self) -> Markup:
        """Inline SVG of the width of its place."""
        with extra("a chart"):
            import vl_convert
        drawn = vl_convert.vegalite_to_svg(whole(self.spec), allowed_base_urls=[])
        return cleaned(drawn, self.name, self.words)

    def png(self) -> bytes:
        """A picture on white, twice as fine as its size."""
        with extra("a chart"):
            import vl_convert
        return bytes(vl_convert.vegalite_to_png(whole(self.spec), scale=2, allowed_base_urls=[]))


def whole(part: Any) -> Any:
    """A description in which every character is one unit of the renderer's text. It cuts long words between units, and fails
    on half of an emoji: these become a sign for a character that can not be shown.
    """
    if isinstance(part, str):
        return "".join(char if char <= "\uffff" and not "\ud800" <= char <= "\udfff" else "\ufffd" for char in part)
    if isinstance(part, dict):
        return {whole(key): whole(value) for key, value in part.items()}
    return [whole(one) for one in part] if isinstance(part, list) else part


def cleaned(drawn: str, name: str, words: str) -> Markup:
    """The SVG with nothing but shapes and text, ids of its own, shorter numbers, and the page's colours."""
    root = Xml.fromstring(drawn)
    _clean(root, name)
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in root.attrib.items() if key == "viewBox")
    inside = "".join(_written(child) for child in root)
    label = escape(visible(words))
    return Markup(f'<svg class="plot" role="img" aria-label="{label}"{attributes}>{inside}</svg>')


def _clean(node: Xml.Element, name: str) -> None:
    for child in list(node):
        if str(child.tag).removeprefix(SVG) in TAGS and child.get("display") != "none":
            _clean(child, name)
        else:
            node.remove(child)
    node.attrib = {key: _value(key, value, name) for key, value in node.attrib.items() if key in KEPT}


def _value(key: str, value: str, name: str) -> str:
    if key == "id":
        return f"{name}-{value}"
    if value.startswith("url(#"):
        return value.replace("url(#", f"url(#{name}-")
    if key in ("fill", "stroke"):
        return COLOURS.get(value.lower(), value)
    return re.sub(r"-?\d+\.\d{2,}", lambda found: f"{float(found[0]):.1f}", value) if key in ("d", "transform") else value


def _written(node: Xml.Element) -> str:
    tag = str(node.tag).removeprefix(SVG)
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in node.attrib.items())
    inside = str(escape(visible(node.text or ""))) + "".join(_written(child) for child in node)
    if not inside and not attributes:
        return ""
    return f"<{tag}{attributes}>{inside}</{tag}>" if inside else f"<{tag}{attributes}/>"


def layer(rows: Iterable[tuple[Any, ...]], names: str, mark: str, look: dict[str, Any], **encoding: Any) -> dict[str, Any]:
    """One layer of a description: rows whose values go by these names, how they are marked, and what stands for what."""
    values = [dict(zip(names.split(), row, strict=True)) for row in rows]
    return {"data": {"values": values}, "mark": {"type": mark, **look}, "encoding": encoding}


def spec(layers: Sequence[dict[str, Any]], width: float, height: Any, **axes: dict[str, Any]) -> dict[str, Any]:
    """The layers as one description, drawn in the house's way but for what `axes` says of some axes."""
    return {"$schema": SCHEMA, "width": width, "height": height, "config": config() | axes, "layer": list(layers)}


def config() -> dict[str, Any]:
    """How every chart looks: no frame, few lines, words that can be read."""
    label = {
        "labelFont": FONT, "labelFontSize": 11, "labelColor": SOFT,
        "titleFont": FONT, "titleFontSize": 11, "titleColor": SOFT, "titleFontWeight": "normal",
    }  # fmt: skip
    return {
        "background": CARD,
        "font": FONT,
        "view": {"stroke": None},
        "axis": {**label, "gridColor": LINE, "domainColor": LINE, "tickColor": LINE, "labelPadding": 6},
        "legend": {**label, "symbolStrokeWidth": 2},
        "text": {"font": FONT, "fontSize": 11, "color": INK},
    }
