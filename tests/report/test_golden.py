"""Every report of every made-up audit, letter by letter. Rewritten by `pytest tests/report --rewrite-golden`."""

import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from auditor.packs.reports import load_report
from auditor.report import Screen, View
from tests.report import sample
from tests.report.reviewed import reviewed

Golden = Callable[[str, str], None]
ON_TIME = ("weekly", "sprint")
NAMES = {
    "terminal": "txt", "json": "json", "sarif": "sarif", "markdown": "md", "html": "html",
    "junit": "xml", "github": "github", "gitlab": "gitlab.json", "prometheus": "prom",
}  # fmt: skip


def rendered(name: str, view: View) -> str:
    body = load_report(name).render(view)
    text = body.decode() if isinstance(body, bytes) else body
    return re.sub(r"(?s)(<(style|script)>\n).*?(</\2>)", r"\1…\3", text) if name == "html" else text


def page(name: str, view: View) -> str:
    """A report on time as a page, without its style and without the inside of its charts, which fonts decide."""
    text = str(load_report(name).render(msgspec.structs.replace(view, ending=".html")))
    text = re.sub(r"(?s)(<style>\n).*?(</style>)", r"\1…\2", text)
    return re.sub(r'(?s)(<svg class="plot"[^>]*?)( viewBox="[^"]*")?>.*?</svg>', r"\1>…</svg>", text)


@pytest.mark.parametrize("name", NAMES)
def test_a_full_audit_is_shown_as_it_was_agreed(name: str, view: View, golden: Golden) -> None:
    golden(f"full.{NAMES[name]}", rendered(name, view))


@pytest.mark.parametrize("name", NAMES)
def test_an_audit_of_nothing_is_shown_as_it_was_agreed(name: str, golden: Golden) -> None:
    golden(f"empty.{NAMES[name]}", rendered(name, sample.empty()))


@pytest.mark.parametrize("name", NAMES)
def test_a_clean_audit_is_shown_as_it_was_agreed(name: str, golden: Golden) -> None:
    golden(f"clean.{NAMES[name]}", rendered(name, sample.clean()))


def test_a_terminal_is_styled_as_it_was_agreed(view: View, golden: Golden) -> None:
    styled = msgspec.structs.replace(view, screen=Screen(90, styled=True))
    golden("full.ansi", rendered("terminal", styled).replace("\x1b", "␛"))


@pytest.mark.parametrize("name", NAMES)
def test_the_same_view_gives_the_same_bytes(name: str, view: View) -> None:
    assert load_report(name).render(view) == load_report(name).render(view)


@pytest.mark.parametrize("name", ON_TIME)
def test_a_report_on_time_is_shown_as_it_was_agreed(name: str, golden: Golden, tmp_path: Path) -> None:
    golden(f"{name}-reviewed.html", page(name, reviewed(tmp_path)))
    golden(f"{name}-empty.html", page(name, sample.empty()))


def test_a_weekly_mail_is_written_as_it_was_agreed(golden: Golden, tmp_path: Path) -> None:
    letter = load_report("weekly").letter(reviewed(tmp_path))
    golden("weekly-mail.html", letter.html)
    golden("weekly-mail.txt", letter.text)
    golden("weekly-chat.txt", "\n".join((letter.subject, *letter.lines)) + "\n")


def test_a_sprint_is_written_as_it_was_agreed(golden: Golden, tmp_path: Path) -> None:
    view = reviewed(tmp_path)
    golden("sprint-reviewed.md", str(load_report("sprint").render(view)))
    golden("sprint-empty.md", str(load_report("sprint").render(sample.empty())))
    body = load_report("sprint").render(msgspec.structs.replace(view, ending=".json"))
    assert isinstance(body, bytes)
    golden("sprint-reviewed.json", body.decode())
