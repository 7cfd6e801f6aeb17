"""Reports on time in a real browser: the first screen says it, everybody can read it, and nothing of it reaches outside."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from auditor.packs.reports import load_report
from auditor.report.view import View
from tests.report import sample
from tests.report.hostile import TRICKS
from tests.report.hostile import reviewed as hostile
from tests.report.reviewed import reviewed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Open = Callable[..., "Page"]
PAGES = ("weekly", "sprint")
RIGHTMOST = "Math.max(...[...document.querySelectorAll('main *:not(.scroll *)')].map(e => e.getBoundingClientRect().right))"


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> View:
    """The made-up shop with its history."""
    return reviewed(tmp_path_factory.mktemp("shop"))


@pytest.fixture
def show(browser: "Browser", tmp_path: Path) -> Iterator[Open]:
    """Opens a report's page; at the end no request but the page's own may have been made, and nothing have complained."""
    asked: list[str] = []
    complaints: list[str] = []
    contexts = []

    def opened(name: str, view: View, width: int = 1280, height: int = 800, **settings: object) -> "Page":
        file = tmp_path / f"{name}.html"
        file.write_text(page_of(name, view), encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": height}, **settings)  # type: ignore[arg-type]
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
    own = {(tmp_path / f"{name}.html").as_uri() for name in PAGES}
    assert {url.partition("#")[0] for url in asked if not url.startswith("data:")} <= own
    assert complaints == []


def page_of(name: str, view: View) -> str:
    return str(load_report(name).render(msgspec.structs.replace(view, ending=".html")))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("width", "colours"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_axe_finds_no_barrier(name: str, show: Open, week: View, width: int, colours: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = show(name, week, width=width, color_scheme=colours)
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
    found = axe.Axe().run(page)
    bad = found.response["violations"]
    assert [f"{one['id']}: {node['html'][:150]} {node['failureSummary']}" for one in bad for node in one["nodes"]] == []


def test_the_first_screen_answers_three_questions(show: Open, week: View) -> None:
    page = show("weekly", week)
    bottom = "element => element.getBoundingClientRect().bottom"
    for question in ("Are we on track?", "What changed since 13 November, and why?", "What needs a decision?"):
        assert page.get_by_role("heading", name=question).evaluate(bottom) < 400
    assert page.locator(".first").evaluate(bottom) <= 800
    text = page.locator(".first").inner_text()
    assert "Off track" in text
    assert "1 of 3 promises kept" in text
    assert "+1.6 since 13 November" in text
    assert not [rule.id for rule in week.snapshot.rules if rule.id in text]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 390, 768])
def test_it_never_scrolls_sideways(name: str, show: Open, week: View, width: int) -> None:
    for view in (week, sample.empty(), sample.clean(), hostile("long_" * 60)):
        page = show(name, view, width=width)
        page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(RIGHTMOST) <= width + 1


@pytest.mark.parametrize("name", PAGES)
def test_hostile_text_is_shown_and_runs_nothing(name: str, show: Open) -> None:
    page = show(name, hostile(" ".join(TRICKS)))
    assert page.evaluate("window.hacked === undefined")
    assert page.locator("script, img, iframe, object, foreignObject, link:not([rel=icon])").count() == 0
    assert "<script>window.hacked=1</script>" in page.locator("main").inner_text()
    names = page.evaluate("[...document.querySelectorAll('*')].flatMap(e => [...e.attributes].map(a => a.name))")
    assert [name for name in names if name.startswith("on")] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_number_leads_to_its_evidence(name: str, show: Open, week: View) -> None:
    page = show(name, week)
    links = page.eval_on_selector_all("a[href^='#']", "all => all.map(a => a.getAttribute('href').slice(1))")
    assert links
    assert [link for link in links if page.locator(f"[id='{link}']").count() != 1] == []
    ids = page.eval_on_selector_all("[id]", "all => all.map(e => e.id)")
    assert len(ids) == len(set(ids))
    page.locator("a[href='#m-latency-p95-ms']").first.click()
    assert "Declared today, by k6" in page.locator("tr:target").inner_text()


@pytest.mark.parametrize("name", PAGES)
def test_the_keyboard_reaches_every_fold_and_link(name: str, show: Open, week: View) -> None:
    page = show(name, week)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the promises"
    page.locator("details > summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details").first.get_attribute("open") is not None


@pytest.mark.parametrize("name", PAGES)
def test_paper_shows_what_is_folded(name: str, show: Open, week: View) -> None:
    page = show(name, week)
    page.emulate_media(media="print")
    heights = page.eval_on_selector_all(".threat li", "all => all.map(e => e.getBoundingClientRect().height)")
    assert all(height > 0 for height in heights)
    assert not page.locator(".jump").first.is_visible()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_stays_small_however_much_was_found(name: str, week: View, tmp_path: Path) -> None:
    wide = sample.sample(tmp_path, sample.many(5000))
    body = page_of(name, msgspec.structs.replace(wide, review=week.review))
    assert len(body.encode()) < 1_000_000
    assert "<script" not in body
    assert "http://" not in body.replace("http://www.w3.org/2000/svg", "")


def test_charts_have_words_and_wear_the_pages_colours(show: Open, week: View) -> None:
    page = show("weekly", week)
    labels = page.eval_on_selector_all("svg.plot", "all => all.map(e => [e.getAttribute('role'), e.getAttribute('aria-label')])")
    assert len(labels) >= 9
    assert {role for role, _ in labels} == {"img"}
    assert any("The grade went from 69.8 points on 13 November to 71.4 on 20 November" in words for _, words in labels)
    ink = "getComputedStyle(document.querySelector('svg.plot text')).fill"
    light = page.evaluate(ink)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ink) != light


def test_without_a_history_it_says_so_and_judges_all_the_same(show: Open) -> None:
    page = show("weekly", sample.clean())
    text = page.locator("main").inner_text()
    assert "Gate passed" in text
    assert "There is no roadmap to be on track with" in text
    assert "first audit in the history" in text
    empty = show("weekly", sample.empty()).locator("main").inner_text()
    assert "Not known" in empty
    assert "Gate passed" not in empty


def test_the_letter_says_the_first_screen_in_words_and_pictures(week: View) -> None:
    letter = load_report("weekly").letter(week)
    assert letter.subject == "shop: off track, week 47"
    assert letter.lines[:3] == (
        "Off track. Sprint 2 has used 63 % of its time, with 1 of 3 promises kept; 3 earlier ones are open.",
        "Grade C+, 71.4 of 100 points by formula 2, +1.6 since 13 November.",
        "What changed: +2.8 the code changed; -1.2 the world learnt of new holes.",
    )
    assert {picture.name for picture in letter.pictures} == {"grade", "waterfall", "burnup"}
    assert all(picture.png.startswith(b"\x89PNG") and picture.words for picture in letter.pictures)
    assert all(f'src="cid:{picture.name}"' in letter.html for picture in letter.pictures)
    assert "<svg" not in letter.html
    assert "- worse: 95th percentile" in letter.text
    assert letter.attachments[0].name == "weekly-2026-W47.html"


def test_a_sprint_has_a_row_a_promise_and_what_moved_it(show: Open, week: View) -> None:
    page = show("sprint", week)
    row = page.locator("#target-4").inner_text()
    assert all(text in row for text in ("250 ms", "261.1 ms", "262.4 ms", "< 200 ms", "worse", "https://ci.example.com/runs/812"))
    assert page.locator("#demo li").count() == 3
    assert "no promise speaks of it" in page.locator("#demo").inner_text()
    assert "Response time comparison" in page.locator("#after").inner_text()
    assert "C+ (71.4 points)" in page.locator("#retro").inner_text()


def test_a_sprint_comes_in_three_forms(week: View) -> None:
    report = load_report("sprint")
    markdown = report.render(week)
    assert isinstance(markdown, str)
    assert markdown.startswith("# Sprint 2: Performance\n")
    assert "| 95th percentile response time &lt; 200 ms" in markdown
    told = json.loads(report.render(msgspec.structs.replace(week, ending=".json")))
    assert told["sprint"]["name"] == "Sprint 2"
    assert [one["state"] for one in told["promises"]] == ["worse", "stale", "met"]
    assert told["promises"][0]["forecast"]["in_time"] == "no"
    (asked,) = told["reviews"]
    assert [one["state"] for one in asked["answers"]] == ["declared", "no evidence"]
    assert json.loads(report.render(msgspec.structs.replace(sample.empty(), ending=".json")))["sprint"] is None


def test_a_sprints_letter_has_both_forms_with_it(week: View) -> None:
    letter = load_report("sprint").letter(week)
    assert letter.subject == "shop: review of Sprint 2"
    assert [one.name for one in letter.attachments] == ["sprint.html", "sprint.md"]
    assert "worse: 95th percentile" in letter.text
