"""Whatever the audited tree holds, it comes out as text: no mark-up, no link, no control character."""

import re
from functools import cache
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from markdown_it import MarkdownIt

from auditor.packs.reports import load_report
from auditor.report import Screen, visible
from auditor.report.chart import bar
from auditor.report.markdown import markdown, span
from tests.report.hostile import TRICKS, filled, reviewed, texts

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
DRAWN = ("path", "/path", "g", "/g", "text", "/text", "tspan", "/tspan", "rect", "/rect", "line", "/line", "circle", "clippath")
"""What the inside of a chart is made of: how many ticks it has depends on the figures, not on the text."""
GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])


class Skeleton(HTMLParser):
    """The tags and attributes of a page, without the values that carry text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(" ".join((tag, *(name for name, _ in attrs))))

    def handle_endtag(self, tag: str) -> None:
        self.seen.append("/" + tag)

    def handle_comment(self, data: str) -> None:
        self.seen.append("comment")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def page(text: str) -> str:
    body = load_report("html").render(filled(text))
    assert isinstance(body, str)
    return body


PLAIN = Skeleton(page("x")).seen


def without_paragraphs(seen: list[str]) -> list[str]:
    """A rule's words may hold `code` and paragraphs of their own: that much mark-up they may make."""
    return [tag for tag in seen if tag not in ("p", "/p", "code", "/code")]


@given(texts)
def test_no_text_changes_the_tags_of_the_page(text: str) -> None:
    parsed = Skeleton(page("a" + text))
    assert without_paragraphs(parsed.seen) == without_paragraphs(PLAIN)
    assert not CONTROL.search("".join(parsed.text).replace("\n", ""))


@pytest.mark.parametrize("text", TRICKS)
def test_every_trick_stands_on_the_page_as_text(text: str) -> None:
    words = "".join(Skeleton(page(f"a{text}b")).text)
    assert f"a{visible(text)}b" in words


@given(texts)
def test_markdown_of_any_text_is_a_paragraph_of_that_text(text: str) -> None:
    tokens = GITHUB.parse(str(markdown(text)))
    expected = visible(text).strip()
    assert [token.type for token in tokens] == (["paragraph_open", "inline", "paragraph_close"] if expected else [])
    if expected:
        kinds = {child.type for child in tokens[1].children or ()}
        assert kinds <= {"text", "text_special", "html_inline"}
        html = {child.content for child in tokens[1].children or () if child.type == "html_inline"}
        assert html <= {"<!-- -->"}
        assert "".join(c.content for c in tokens[1].children or () if c.type != "html_inline") == expected


@given(texts)
def test_a_code_span_of_any_text_is_one_code_span(text: str) -> None:
    children = GITHUB.parseInline("x " + str(span(text)) + " y")[0].children or []
    assert [child.type for child in children] == ["text", "code_inline", "text"]
    assert children[1].content.strip(" ") == visible(text).strip(" ")


@given(texts)
def test_any_text_stays_in_its_cell_of_a_table(text: str) -> None:
    tokens = GITHUB.parse(f"| a | b |\n| --- | --- |\n| {markdown(text)} | {span(text, True)} |\n")
    assert [token.type for token in tokens].count("td_open") == 2
    assert {child.type for token in tokens for child in token.children or ()} <= {
        "text", "text_special", "html_inline", "code_inline",
    }  # fmt: skip


@given(texts)
def test_the_markdown_report_has_the_same_blocks_whatever_it_shows(text: str) -> None:
    def blocks(of: str) -> list[str]:
        body = load_report("markdown").render(filled(of))
        assert isinstance(body, str)
        return [token.type for token in GITHUB.parse(body)]

    assert blocks(f"a{text}b") == blocks("x")


@given(texts)
def test_no_control_character_reaches_a_pipe_or_a_terminal(text: str) -> None:
    view = filled(text)
    plain = load_report("terminal").render(view)
    assert isinstance(plain, str)
    assert not CONTROL.search(plain)
    narrow = load_report("terminal").render(msgspec.structs.replace(view, screen=Screen(50, unicode=False)))
    assert str(narrow).isascii()
    styled = str(load_report("terminal").render(msgspec.structs.replace(view, screen=Screen(90, styled=True))))
    assert not CONTROL.search(re.sub(r"\x1b\[[0-9;]*m", "", styled))


@given(texts)
def test_words_of_a_chart_stay_in_its_label(text: str) -> None:
    assert Skeleton(str(bar(0.5, text, "a" + text))).seen[0] == "svg class viewbox preserveaspectratio role aria-label"


def test_visible_text_is_left_alone() -> None:
    assert visible("naïve 漢字 🙂 <b> & | `") == "naïve 漢字 🙂 <b> & | `"
    assert visible("a\nb\tc", keep="\n") == "a\nb\\tc"
    assert visible("\ud800") == "\\ud800"


@cache
def drawn(name: str, text: str) -> list[str]:
    """The tags of a report on time full of that text, without the inside of its charts."""
    parsed = Skeleton(str(load_report(name).render(msgspec.structs.replace(reviewed(text), ending=".html"))))
    assert not CONTROL.search("".join(parsed.text).replace("\n", ""))
    return [tag for tag in without_paragraphs(parsed.seen) if not tag.startswith(DRAWN)]


@pytest.mark.parametrize("name", ["weekly", "sprint"])
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
@example("🙂" * 40)
def test_no_text_changes_the_tags_of_a_report_on_time(name: str, text: str) -> None:
    assert drawn(name, "a" + text) == drawn(name, "x")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_a_sprints_markdown_has_the_same_blocks_whatever_it_shows(text: str) -> None:
    def blocks(of: str) -> list[str]:
        return [token.type for token in GITHUB.parse(str(load_report("sprint").render(reviewed(of))))]

    assert blocks(f"a{text}b") == blocks("x")


def test_every_trick_stands_in_a_letter_as_text() -> None:
    text = "b".join(TRICKS)
    letter = load_report("weekly").letter(reviewed(f"a{text}b"))
    assert f"a{visible(text)}b" in "".join(Skeleton(letter.html).text)
    assert not CONTROL.search(letter.subject + "".join(letter.lines))
    assert not CONTROL.search(letter.text)
