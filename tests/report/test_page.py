"""The HTML page in a real browser: it asks nobody, runs nothing of the audited tree, and works for everyone."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from auditor.packs.reports import load_report
from auditor.report.view import View
from tests.report import sample
from tests.report.hostile import TRICKS, filled

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Open = Callable[..., "Page"]


@pytest.fixture
def show(browser: "Browser", tmp_path: Path) -> Iterator[Open]:
    """Opens a view's page in a fresh context; at the end no request but the page's own may have been made."""
    asked: list[str] = []
    complaints: list[str] = []
    contexts = []

    def opened(view: View, width: int = 1280, **settings: object) -> "Page":
        file = tmp_path / "report.html"
        file.write_text(str(load_report("html").render(view)), encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": 900}, **settings)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.goto(file.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert {url for url in asked if not url.startswith("data:")} <= {(tmp_path / "report.html").as_uri()}
    assert complaints == []


def shown(page: "Page") -> int:
    return page.locator("article.f").evaluate_all("cards => cards.filter(card => !card.closest('[hidden]')).length")


def told(page: "Page", words: str) -> None:
    """Waits until the page says how many findings it shows."""
    page.locator("#shown", has_text=words).wait_for()


def test_hostile_text_is_shown_and_runs_nothing(show: Open) -> None:
    page = show(filled(" ".join(TRICKS)))
    assert page.evaluate("window.hacked === undefined")
    assert page.locator("script").count() == 2
    assert page.locator("img, iframe, object, link:not([rel=icon])").count() == 0
    assert "<script>window.hacked=1</script>" in page.locator("#findings").inner_text()
    assert "\\u202e" in page.locator("h1").inner_text()


def test_text_rule_folder_and_severity_filter_the_findings(show: Open, view: View) -> None:
    page = show(view)
    assert shown(page) == len(view.counted)
    assert page.locator("#shown").inner_text() == "Showing 7 of 9"
    page.fill("#q", "signature")
    told(page, "Showing 1 ")
    page.fill("#q", "no such words")
    page.locator("#nothing").wait_for()
    page.click("text=Clear")
    told(page, "Showing 7 ")
    page.select_option("#rule", "errors/generic-raise")
    told(page, "Showing 1 ")
    page.select_option("#rule", "")
    page.select_option("#folder", "shop/payments/")
    told(page, "Showing 4 ")
    page.uncheck("input[name=severity][value=high]")
    told(page, "Showing 2 ")
    assert page.locator("details.rule:not([hidden])").count() == 2


def test_suppressed_findings_come_out_when_asked_for(show: Open, view: View) -> None:
    page = show(view)
    page.check("#suppressed")
    told(page, "Showing 9 of 9")
    assert "the vendor's SDK raises anything" in page.locator("#findings").inner_text()


def test_without_scripts_it_is_a_plain_list_of_everything(show: Open, view: View) -> None:
    page = show(view, java_script_enabled=False)
    assert not page.locator("#filters").is_visible()
    assert not page.locator("#theme").is_visible()
    assert page.locator("article.f").count() == 9
    assert page.get_by_text("POST /orders/<int:order_id>/pay: KeyError").is_visible()


@pytest.mark.parametrize("make", [sample.empty, sample.clean, lambda: filled("long_" * 60)])
def test_a_phone_never_scrolls_sideways(show: Open, make: Callable[[], View]) -> None:
    page = show(make(), width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_phone_never_scrolls_sideways_on_a_full_audit(show: Open, view: View) -> None:
    page = show(view, width=320)
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate("Math.max(...[...document.querySelectorAll('main *')].map(e => e.getBoundingClientRect().right))") <= 321


def test_colours_follow_the_system_and_the_button_overrides_them(show: Open, view: View) -> None:
    page = show(view, color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(paper)
    page.click("#theme")
    light = page.evaluate(paper)
    assert dark != light
    page.click("#theme")
    assert page.evaluate(paper) == dark


def test_a_link_to_a_finding_opens_the_rule_that_holds_it(show: Open, tmp_path: Path) -> None:
    page = show(sample.sample(tmp_path, sample.many(60)))
    card = page.locator("article.f").last
    assert not card.is_visible()
    page.evaluate("id => { location.hash = id; }", card.get_attribute("id"))
    card.wait_for()


def test_the_flagged_lines_are_marked_and_numbered(show: Open, view: View) -> None:
    page = show(view)
    card = page.locator("article.f", has_text="every error of the charge")
    assert card.locator("mark").all_text_contents() == ["    except Exception:", "        return None"]
    before = card.locator("pre > *").all_text_contents().index("    except Exception:")
    assert card.locator("pre").get_attribute("style") == f"--n:{20 - 1 - before}"


def test_paper_gets_everything_open_and_no_controls(show: Open, tmp_path: Path) -> None:
    page = show(sample.sample(tmp_path, sample.many(60)))
    page.fill("#q", "no such words")
    page.locator("#nothing").wait_for()
    page.emulate_media(media="print")
    assert page.evaluate("[...document.querySelectorAll('article.f')].every(card => card.getBoundingClientRect().height > 0)")
    assert not page.locator("#filters").is_visible()


def test_paper_has_the_code_of_the_grave_and_the_place_of_the_rest_where_there_is_much(show: Open, tmp_path: Path) -> None:
    page = show(sample.sample(tmp_path, sample.many(250)))
    page.emulate_media(media="print")
    assert page.locator(".lead.on-paper").is_visible()
    shown = "all => all.map(card => [card.dataset.s, card.offsetHeight > 0, !card.querySelector('pre')?.offsetHeight])"
    for rule in page.locator("details.rule").all():
        cards = rule.locator("article.f").evaluate_all(shown)
        assert sum(is_there for _, is_there, _ in cards) == min(len(cards), 12)
        assert {has_no_code for severity, _, has_no_code in cards if severity in ("medium", "low")} <= {True}
        told = rule.locator(".on-paper").all_inner_texts()
        assert [text.split(" of")[0] for text in told] == ([f"And {len(cards) - 12} more findings"] if len(cards) > 12 else [])
    page.emulate_media(media="screen")
    assert not any(note.is_visible() for note in page.locator(".on-paper").all())


def test_the_keyboard_reaches_and_opens_what_a_mouse_does(show: Open, tmp_path: Path) -> None:
    page = show(sample.sample(tmp_path, sample.many(60)))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the findings"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.locator("details.rule > summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.rule").first.get_attribute("open") is not None


@pytest.mark.parametrize(("width", "colours"), [(1280, "light"), (1280, "dark"), (390, "light")])
def test_axe_finds_no_barrier(show: Open, view: View, width: int, colours: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = show(view, width=width, color_scheme=colours)
    page.add_style_tag(content=".f { content-visibility: visible !important; }")
    page.check("#suppressed")
    found = axe.Axe().run(page)
    told = [
        f"{v['id']}: {node['html'][:150]} {node['failureSummary']}" for v in found.response["violations"] for node in v["nodes"]
    ]
    assert told == []


def test_two_thousand_findings_stay_under_three_megabytes_and_open(show: Open, tmp_path: Path) -> None:
    wide = sample.sample(tmp_path, sample.many(2000))
    body = str(load_report("html").render(wide))
    assert len(body.encode()) < 3_000_000
    page = show(wide)
    assert page.locator("#shown").inner_text() == "Showing 2,000 of 2,000"
    page.fill("#q", "1,999th")
    told(page, "Showing 1 ")


def test_more_findings_than_a_page_can_hold_are_counted(tmp_path: Path) -> None:
    body = str(load_report("html").render(sample.sample(tmp_path, sample.many(6000))))
    assert len(body.encode()) < 4_500_000
    assert "2,000 more findings of this rule: they stand in the JSON report." in body
