"""Filling templates: everything is escaped unless a filter of this file made it, and a wrong name is an error."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_environment
from markupsafe import Markup, escape

from auditor.report import chart
from auditor.report.markdown import markdown, span
from auditor.report.parts import figure, gap
from auditor.report.parts.basis import age_words, anchor, basis
from auditor.report.parts.cause import caused, leading
from auditor.report.parts.title import title
from auditor.report.plot.waterfall import signed
from auditor.report.told.brief import in_time_words, spoken
from auditor.report.view import View
from auditor.report.visible import cut, visible

PAGE = Path(__file__).parent / "page"
"""What reports on time share: a style, and blocks for templates."""


def render(folder: Path, name: str, view: View, more: Mapping[str, object]) -> str:
    """The template `name` of `folder`, which sees the view as `view`, `more` by its names, the charts, and the words for
    figures.

    Raises jinja2.UndefinedError for a name that is not there, TypeError where a template would print None.
    """
    return _environment(folder).get_template(name).render(view=view, **more)


@cache
def _environment(folder: Path) -> Environment:
    """One a folder: its templates are compiled once."""
    environment = Environment(
        loader=FileSystemLoader([folder, PAGE]),
        autoescape=_escaped,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(slug=chart.slug, number=figure.number, cut=cut, md=markdown, span=span)
    environment.filters.update(lines=_lines, prose=_prose, inline=_inline, sentence=_sentence)
    environment.globals.update(bar=chart.bar, stack=chart.stack, ring=chart.ring, asset=_asset)
    environment.globals.update(spoken=spoken, in_time=in_time_words, signed=signed, caused=caused, leading=leading)
    environment.globals.update(basis=basis, age_words=age_words, title_of=title, anchor=anchor)
    environment.globals.update(figure=figure.figure, journey=figure.journey, plural=figure.plural, counted=gap.counted)
    return environment


def _escaped(name: str | None) -> bool:
    """Whether a template's text is escaped for HTML: all but plain text, in which nothing is mark-up."""
    return name is None or not name.endswith(".txt")


def _printable(value: object) -> object:
    """Runs on everything a template prints: hidden characters become escapes before the rest is escaped for HTML."""
    if value is None:
        raise TypeError("a template prints None: say what is missing in words")
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _prose(text: str) -> Markup:
    """Words with `code` in back-ticks and paragraphs apart by empty lines, as rules write them, for HTML."""
    paragraphs = re.split(r"\n[ \t]*\n", text.strip())
    return Markup("").join(Markup("<p>{}</p>").format(_inline(" ".join(one.split()))) for one in paragraphs if one)


def _inline(text: str) -> Markup:
    """One line of words with `code` in back-ticks."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(visible(text)))))


def _sentence(text: str) -> str:
    """The text with a capital letter."""
    return text[:1].upper() + text[1:]


def _lines(text: str) -> Markup:
    """Text of several lines, line ends kept: for `<pre>` and paragraphs with `white-space: pre-line`."""
    return escape(visible(text, keep="\n"))


@pass_environment
def _asset(environment: Environment, name: str) -> Markup:
    """A file of the report's own folder, or of those that all share, as it is: style and script, which hold no data."""
    assert environment.loader is not None
    return Markup(environment.loader.get_source(environment, name)[0])
