"""What a page says beside the figure: who answers for a promise, by which day, and for which part of the code."""

from datetime import date
from pathlib import Path

import pytest

from auditor.model.part import named_part
from auditor.model.roadmap import Roadmap
from auditor.roadmap.markdown import read_markdown

TABLE = """# Health plan 2027

| Metric | Today | Target | DRI | By |
|---|---|---|---|---|
| Line coverage in `billing/` | 44 % | 80 % | Noor | 28 May 2027 |
| Swallowed exceptions | 19 | 0 | Felix | 30 Apr 2027 |
"""
CHECKLIST = """# Cleanup 2027

## Sprint 7 (1 March – 12 March)

- [ ] bare excepts from 38 to 10 @marta
- [ ] no N+1 queries in the cart (3 found), by 5 March
- [ ] skipped tests from 12 to 0, owner: API guild
"""
KEY_RESULTS = """# OKRs, Q1 2027

**Objective 1: Ship safely**
Owner: @kwame

- KR1: line coverage from 60 % to 70 %
- KR2: skipped tests from 12 to 0 by 26 February
"""
OWNED_PHASES = """# Plan

## Timeline

### Phase 1 – Security (4–15 January 2027)

- Owner: Zita

### Phase 2 – Speed (18–29 January 2027)

- Owner: Kofi

## Success metrics

### Phase 1 – Security

- Security TODOs: 14 → 0

### Phase 2 – Speed

- p95 latency: 500 ms → 300 ms

## KPIs by 26 February 2027

| KPI | Now | Goal |
|---|---|---|
| Duplication (search) | 12 % | 7 % |
"""


def _told(page: str) -> list[tuple[str, str, str]]:
    read: Roadmap = read_markdown(page, "PLAN.md", date(2026, 11, 24))
    return [(target.owner, target.due, target.part) for target in read.targets]


def test_a_tables_columns_of_people_and_days_are_read() -> None:
    assert _told(TABLE) == [("Noor", "2027-05-28", "billing/"), ("Felix", "2027-04-30", "")]


def test_a_mention_and_a_day_behind_an_item_are_read() -> None:
    assert _told(CHECKLIST) == [("marta", "", ""), ("", "2027-03-05", "the cart"), ("API guild", "", "")]


def test_an_owner_above_a_list_answers_for_all_of_it() -> None:
    assert _told(KEY_RESULTS) == [("kwame", "", ""), ("kwame", "2027-02-26", "")]


def test_an_owner_in_a_heading_answers_for_what_stands_under_it() -> None:
    page = KEY_RESULTS.replace("safely**\nOwner: @kwame", "safely (lead: Kwame Mensah)**")
    assert [owner for owner, _, _ in _told(page)] == ["Kwame Mensah", "Kwame Mensah"]


_HEADED = "# {title}\n\n{line}\n\n" + "".join(
    f"## {head}\n\n- By 31 August 2027: line coverage of at least 7{index} %\n\n"
    for index, head in enumerate(("Noor", "Tomás", "Security", "Housekeeping"))
)


@pytest.mark.parametrize(
    ("title", "line", "owners"),
    [
        ("Who delivers what: agreements of 11 June 2027", "We agreed on this.", ["Noor", "Tomás", "", ""]),
        ("Quality in 2027", "Each of us stands for the figures below.", ["Noor", "Tomás", "", ""]),
        ("Quality commitments for 2027", "If a date slips, its owner tells the group.", ["Noor", "Tomás", "", ""]),
    ],
)
def test_headings_are_owners_where_they_are_names(title: str, line: str, owners: list[str]) -> None:
    assert [owner for owner, _, _ in _told(_HEADED.format(title=title, line=line))] == owners


def test_what_a_team_needs_is_no_team() -> None:
    page = "# Plan\n\n## Team Prerequisites\n\n1. **Code freeze** during migrations\n\n## Metrics\n\n- coverage 70 %\n"
    assert [(target.text, target.owner) for target in read_markdown(page, "plan.md").targets] == [("coverage 70 %", "")]


def test_parts_of_a_product_as_headings_own_nothing() -> None:
    page = _HEADED.format(title="Who delivers what", line="").replace("Noor", "Checkout").replace("Tomás", "Search")
    assert [owner for owner, _, _ in _told(page)] == ["", "", "", ""]


def test_an_owner_below_a_list_answers_for_all_of_it_and_for_nothing_after() -> None:
    page = "# Plan 2027\n\n## M1 (5 March)\n\n- skipped tests: 0\n\nResponsible: Ada\n\n## M2 (9 April)\n\n- coverage 80 %\n"
    assert [owner for owner, _, _ in _told(page)] == ["Ada", ""]


@pytest.mark.parametrize(
    ("page", "owners"),
    [
        ("# Plan 2027\n\n## Metrics\n\n- line coverage 80 % (Mei)\n- no skipped tests (Jonas)\n", ["Mei", "Jonas"]),
        ("# Plan 2027\n\n## Metrics\n\n- line coverage 80 % (Codecov)\n- p95 < 200 ms (Grafana)\n", ["", ""]),
        ("# Plan 2027\n\n## Speed (Ann)\n\n- KR1 p95 < 200 ms\n\n## Trust (Bo)\n\n- KR2 no skipped tests\n", ["Ann", "Bo"]),
        ("# Plan 2027\n\n## Sprint 1 – Speed\n\n- KR1 p95 < 200 ms\n\n## Sprint 2 – Trust\n\n- KR2 no skipped tests\n", ["", ""]),
        ("# Plan 2027\n\nTribe lead: Aisha Bello\n\n## Metrics\n\n- line coverage 80 %\n", ["Aisha Bello"]),
        ("# Plan 2027\n\n## Sprint 1 · captain: Mira\n\n### Metrics\n\n- line coverage 80 %\n", ["Mira"]),
        ("# Plan 2027\n\nDana takes the packages: by 15 May 2027 none has a critical vulnerability.\n", ["Dana"]),
    ],
)
def test_owners_are_read_from_the_ways_in_which_teams_name_them(page: str, owners: list[str]) -> None:
    assert [owner for owner, _, _ in _told(page)] == owners


@pytest.mark.parametrize(
    ("page", "owners"),
    [
        ("- no skipped tests (Runa).\n- p95 under 90 ms (Deniz).\n", ["Runa", "Deniz"]),
        ("- no skipped tests (Runa, due 3 May 2027)\n- coverage 70 %\n", ["Runa", ""]),
        ("- no skipped tests (lead: Runa, by 3 May 2027)\n- coverage 70 % – Sprint 3\n", ["Runa", ""]),
        ("- no skipped tests - Runa\n- coverage 70 % - everyone\n", ["Runa", "everyone"]),
        ("- no skipped tests – Runa and Deniz, 3 May 2027\n- coverage 70 % – Deniz\n", ["Runa and Deniz", "Deniz"]),
        ("- no skipped tests (Tom, together with Ines)\n- coverage 70 %; Ravi leads\n", ["Tom", "Ravi"]),
        ("- no skipped tests – that's for Kim\n- coverage 70 % (owner tbd)\n", ["Kim", ""]),
        ("- no skipped tests. (Lead – Kim)\n- coverage 70 %. Responsible: Bo\n- p95 < 90 ms\n", ["Kim", "Bo", ""]),
        ("- availability 99.9 % (London)\n- coverage 70 % (Frankfurt)\n", ["", ""]),
        ("- no skipped tests (Codecov, 3 May 2027)\n- coverage 70 % (Payments)\n", ["", ""]),
    ],
)
def test_names_that_items_end_with_own_them(page: str, owners: list[str]) -> None:
    assert [owner for owner, _, _ in _told(f"# Plan 2027\n\n## Metrics\n\n{page}")] == owners


@pytest.mark.parametrize(
    ("page", "owners"),
    [
        ("- Runa: bring p95 below 90 ms\n- Deniz: no skipped tests\n- Runa: coverage 70 %\n", ["Runa", "Deniz", "Runa"]),
        ("- 2027-05-03 Runa: no skipped tests\n- 2027-06-01 Runa: get p95 below 90 ms\n", ["Runa", "Runa"]),
        ("Present: Runa, Deniz\n\n- Runa: no skipped tests\n- Latency: p95 below 90 ms\n", ["Runa", ""]),
        ("- Latency: p95 below 90 ms\n- Trust: no skipped tests\n- Latency: p99 below 400 ms\n", ["", "", ""]),
        ("- AP: Zoë – no skipped tests\n- Kim and Bo will cut p95 to 90 ms\n", ["Zoë", "Kim and Bo"]),
        ("- Orion: p95 below 90 ms\n- Vega: no skipped tests\n", ["", ""]),
        ("- Team Orion: p95 below 90 ms\n- Billing squad: no skipped tests\n", ["Team Orion", "Billing squad"]),
    ],
)
def test_names_before_a_colon_own_what_follows_and_topics_do_not(page: str, owners: list[str]) -> None:
    assert [owner for owner, _, _ in _told(f"# Plan 2027\n\n## Metrics\n\n{page}")] == owners


@pytest.mark.parametrize(
    ("page", "owners"),
    [
        ("Release manager: Mila Ost\n\n## Metrics\n\n- coverage 70 %\n", ["Mila Ost"]),
        ("Sponsor: Mila Ost\nFacilitator: Deniz\nReviewer: Bo\n\n## Metrics\n\n- coverage 70 %\n", [""]),
        ("| | |\n|---|---|\n| Service | Atlas |\n| Owner | Team Reef |\n\n## Metrics\n\n- coverage 70 %\n", ["Team Reef"]),
        ("**Who is in charge?**\nMila Ost, helped by Deniz.\n\n## Metrics\n\n- coverage 70 %\n", ["Mila Ost"]),
        ("Mila makes sure on 3 May that all of these hold:\n\n- coverage 70 %\n- no skipped tests\n", ["Mila", "Mila"]),
        ("## Step 1 (by 3 May, Mila)\n\n- coverage 70 %\n\n## Step 2 (by 9 June, Bo)\n\n- p95 < 90 ms\n", ["Mila", "Bo"]),
        ("## Squad Reef\n\n- coverage 70 %\n\n## What the Atlas team does next\n\n- p95 < 90 ms\n", ["Squad Reef", "Atlas team"]),
        ("1. The Supplier shall keep p95 below 90 ms.\n2. Team Reef brings coverage to 70 %.\n", ["Supplier", "Team Reef"]),
        ("From: Mila Ost\nTo: all\n\n- coverage 70 % (I'll do that)\n- no skipped tests\n", ["Mila Ost", ""]),
        ("> **mila** 09:11\n> - coverage 70 %\n\n> **bo** 09:14\n> - p95 < 90 ms\n", ["mila", "bo"]),
        ("Project lead: Oona Ek\n\n## Metrics\n\n- coverage 70 % (Oona)\n- p95 < 90 ms\n", ["Oona", "Oona Ek"]),
        ("## Speed\n\nDriven by the Atlas team.\n\n- p95 < 90 ms\n\n## Trust\n\n- coverage 70 %\n", ["Atlas team", ""]),
        ("## Speed\n\nDRI – Kim Ek\n\n- p95 < 90 ms\n\n## Trust · Bo\n\n- coverage 70 %\n", ["Kim Ek", "Bo"]),
        ("Ann Ost (Head of QA) is the owner of this plan.\n\n- coverage 70 %\n- p95 < 90 ms\n", ["Ann Ost", "Ann Ost"]),
        (
            "From: Team Kite\nTo: Team Reef\n\n## What you take over\n\n- coverage 70 %\n- p95 < 90 ms\n",
            ["Team Reef", "Team Reef"],
        ),
        ("Deniz owns the whole plan. Start: January 2027.\n\n## May\n\n- coverage 70 %\n", ["Deniz"]),
        ("## Goals\n\nBy May we have done this (Deniz answers for it):\n\n- raised coverage to 70 %\n", ["Deniz"]),
        ("The billing squad signs up to these objectives.\n\n## Objectives\n\n- p95 < 90 ms\n", ["billing squad"]),
        ("Deniz, Vasco and I, all by 3 May:\n\n- Deniz: coverage 70 %\n- Vasco: p95 < 90 ms\n", ["Deniz", "Vasco"]),
        ("**Present:** Orsolya, Bo\n\n## Errors\n\n- Action: Orsolya reduces broad handlers to 9\n", ["Orsolya"]),
        ("Team: Payments\n\n- coverage 70 %\n- p95 < 90 ms\n", ["Payments", "Payments"]),
        ("**Nadia**\n- coverage 70 %\n\n**Ewan**\n- p95 < 90 ms\n", ["Nadia", "Ewan"]),
        ("| Team | Metric | Target |\n|---|---|---|\n| Cart | Coverage | 70 % |\n", ["Cart"]),
        (
            "| Area | Lead |\n|---|---|\n| Speed | Ann |\n\n| Metric | Today | Target | Area |\n|---|---|---|---|\n"
            "| p95 | 300 ms | 200 ms | Speed |\n",
            ["Ann"],
        ),
        (
            "1. Within a month the Contractor will cut TODOs to 9.\n2. Kestrel Ltd shall reach 70 % coverage.\n",
            ["Contractor", "Kestrel Ltd"],
        ),
        (
            "| Stream | Owner |\n|---|---|\n| Speed | Mila |\n| Trust | Bo |\n\n## Speed (until 3 May 2027)\n\n- p95 < 90 ms\n\n"
            "## Trust\n\n- no skipped tests (owner: Deniz)\n- coverage 70 %\n",
            ["Mila", "Deniz", "Bo"],
        ),
    ],
)
def test_owners_are_read_from_what_stands_over_the_promises(page: str, owners: list[str]) -> None:
    assert [owner for owner, _, _ in _told(f"# Plan 2027\n\n{page}")] == owners


def test_the_owner_of_the_front_matter_answers_for_what_nobody_else_does() -> None:
    page = "---\nowner: Mila Ost\n---\n\n# Plan 2027 for our student (Deniz)\n\n## Metrics\n\n- coverage 70 %\n"
    assert [_told(page)[0][0], _told(page.replace(" for our student (Deniz)", ""))[0][0]] == ["Deniz", "Mila Ost"]


def test_each_of_several_owners_answers_for_what_stands_on_their_side() -> None:
    page = "# Plan 2027\n\n## Success metrics\n\n- skipped tests: 0\n- Owner: Ada\n- line coverage 80 %\n- Owner: Bo\n"
    assert [owner for owner, _, _ in _told(page)] == ["Ada", "Bo"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("every login route is rate limited", "login route"),
        ("p95 of the checkout below 600 ms", "the checkout"),
        ("70 % coverage of the import package", "the import package"),
        ("line coverage of the whole package", ""),
        ("coverage of the rates engine at 90 %", "the rates engine"),
        ("coverage of the code base at 90 %", ""),
        ("invoice module: complexity at most 12 for any function", "invoice module"),
        ("every external service behind a breaker", ""),
        ("reduce it by an order of magnitude", ""),
        ("100 % of requests carry a request id in production", ""),
    ],
)
def test_the_part_is_named_in_the_promises_own_words(text: str, part: str) -> None:
    assert named_part(text) == part


def test_who_owns_a_phase_owns_its_metrics_elsewhere_and_a_heading_dates_its_table() -> None:
    assert _told(OWNED_PHASES) == [("Zita", "", ""), ("Kofi", "", ""), ("", "2027-02-26", "search")]


def test_the_day_and_the_owner_of_the_nearest_heading_hold_for_all_that_stands_under_it() -> None:
    page = (Path(__file__).parent / "pages/days_above.md").read_text("utf-8")
    assert _told(page) == [
        ("", "2027-02-26", ""),
        ("", "2027-02-26", ""),
        ("Imke", "2027-04-30", ""),
        ("Tarek", "2027-06-18", ""),
        ("Tarek", "2027-06-18", ""),
        ("", "2027-07-30", ""),
    ]


@pytest.mark.parametrize(
    ("page", "days"),
    [("lead_in_days", ["2026-07-31", "2026-07-31", "2026-10-30"]), ("release_planned_for", ["2026-12-15", "2026-12-15"])],
)
def test_a_sentence_that_leads_in_what_follows_says_its_day(page: str, days: list[str]) -> None:
    assert [day for _, day, _ in _told((Path(__file__).parent / f"pages/{page}.md").read_text("utf-8"))] == days


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (
            "gates_in_cells",
            [("Oona", "2027-03-12", "")] * 2 + [("Piet", "2027-06-04", "")] * 3,
        ),
        ("days_in_headings", [("oona", "", ""), ("piet", "", ""), ("oona", "", "")]),
        ("who_leads_it_all", [("Oona", "", ""), ("Piet", "", ""), ("Piet", "", ""), ("Piet", "", "")]),
        (
            "short_hand",
            [("oona", "2027-04-30", ""), ("piet", "2027-04-30", ""), ("piet", "2027-05-28", ""), ("oona", "2027-05-28", "")],
        ),
        ("charter", [("Oona", "", ""), ("Piet", "", "")]),
        (
            "who_does_it",
            [("Oona", "", "")] * 3 + [("Piet", "", "")] * 2 + [("Kaja", "2027-07-30", ""), ("Joost", "2027-07-16", "")],
        ),
        ("gates_with_days", [("Oona", "", ""), ("Piet", "", ""), ("Kaja", "", ""), ("Joost", "", "")]),
    ],
)
def test_cells_and_sentences_name_owners_and_days(page: str, told: list[tuple[str, str, str]]) -> None:
    assert _told((Path(__file__).parent / f"pages/{page}.md").read_text("utf-8")) == told
