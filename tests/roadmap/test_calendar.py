"""Dates, weeks and the names of sprints."""

from datetime import date

import pytest

from auditor.roadmap.calendar.dates import read_span
from auditor.roadmap.calendar.labels import label_at_start
from auditor.roadmap.markdown import read_markdown

JANUARY = ("2026-01-05", "2026-01-23")


@pytest.mark.parametrize(
    "text",
    [
        "(2026-01-05 – 2026-01-23)",
        "Jan 5 - Jan 23, 2026",
        "January 5–23, 2026",
        "5.–23. January 2026",
        "5th to 23rd January 2026",
        "05.01.2026 - 23.01.2026",
        "1/5/2026 - 1/23/2026",
        "Start: 2026-01-05, End: 2026-01-23",
        "5 Jan → 23 Jan",
    ],
)
def test_a_span_is_read_however_it_is_written(text: str) -> None:
    span = read_span(text, 2026)
    assert (str(span.starts), str(span.ends)) == JANUARY


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("3 weeks from 5 January", "2026-01-05", "2026-01-25"),
        ("Q1 2026", "2026-01-01", "2026-03-31"),
        ("Q3–Q4 2026", "2026-07-01", "2026-12-31"),
        ("H2 2026", "2026-07-01", "2026-12-31"),
        ("December 2026", "2026-12-01", "2026-12-31"),
        ("Dec 15 – Jan 9, 2026", "2025-12-15", "2026-01-09"),
        ("CW 2–4 2026", "2026-01-05", "2026-01-25"),
    ],
)
def test_periods_have_a_first_and_a_last_day(text: str, starts: str, ends: str) -> None:
    span = read_span(text, 2026)
    assert (str(span.starts), str(span.ends)) == (starts, ends)


@pytest.mark.parametrize(("text", "weeks"), [("Weeks 4–6", (4, 6)), ("Week 1-3", (1, 3)), ("wk 7", (7, 7)), ("2-3 weeks", None)])
def test_weeks_are_those_that_are_numbered(text: str, weeks: tuple[int, int] | None) -> None:
    assert read_span(text, 2026).weeks == weeks


def test_a_day_that_no_calendar_has_is_no_date() -> None:
    assert read_span("31.02.2026 – 40.01.2026, CW 60 2026", 2026) == read_span("", 2026)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Sprint 1: High priority", "sprint:1"),
        ("S1 — perf", "sprint:1"),
        ("Phase II – Hardening", "phase:2"),
        ("Milestone M3: live", "milestone:3"),
        ("M3", "milestone:3"),
        ("Iteration #4", "iteration:4"),
        ("Phase One", "phase:1"),
        ("End of Sprint 2", "sprint:2"),
        ("2026 Q2", "quarter:2/26"),
    ],
)
def test_a_sprints_name_has_one_key_however_it_is_written(text: str, key: str) -> None:
    label = label_at_start(text)
    assert label is not None
    assert label.key == key


@pytest.mark.parametrize("text", ["Sprinting", "Step by step", "Releases are weekly", "The phase", "Month-end report"])
def test_other_words_are_no_sprint(text: str) -> None:
    assert label_at_start(text) is None


def test_weeks_become_dates_only_where_the_start_is_known() -> None:
    page = "## Sprint 1 (Weeks 1-2)\n\nExit criteria:\n\n- coverage 80 %\n"
    assert read_markdown(page, "p.md").sprints[0].starts == ""
    dated = read_markdown(page, "p.md", starts=date(2026, 3, 2)).sprints[0]
    assert (dated.starts, dated.ends) == ("2026-03-02", "2026-03-15")


@pytest.mark.parametrize(
    ("head", "day", "due"),
    [
        ("# Cleaning up, call of 9 December 2026", "29 January", "2027-01-29"),
        ("# Cleaning up, call of 9 December 2026", "18 December", "2026-12-18"),
        ("# Cleaning up, call of 9 December 2026", "30 November", "2026-11-30"),
        ("# Cleaning up\n\nDate: 9 December 2026\n\nAll of 2027, from 4 January 2027", "18 December", "2026-12-18"),
        ("# Plan for 2027\n\nDate: 9 December 2026", "18 December", "2027-12-18"),
        ("# Cleaning up", "15 January", "2027-01-15"),
    ],
)
def test_a_day_without_a_year_follows_the_day_on_which_its_page_was_written(head: str, day: str, due: str) -> None:
    read = read_markdown(f"{head}\n\n## KPIs\n- coverage at least 80 % by {day}\n", "p.md", date(2026, 12, 1))
    assert [target.due for target in read.targets] == [due]
