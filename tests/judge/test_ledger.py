"""A row a route: what the code says is confirmed, contradicted, or without evidence by what was measured there."""

import msgspec
import pytest

from auditor.judge.ledger import ledger
from auditor.model.finding import Location
from auditor.model.measure import Basis, Measure
from auditor.model.route import Entry, Route, Standing


def route(path: str = "/api/v1/events/{id}", method: str = "GET", **more: object) -> Route:
    return msgspec.structs.replace(Route(method, path, "shop.views.event", Location("shop/views.py", 3)), **more)


def at(subject: str, name: str = "http.error_rate_pct", value: float = 0.0, basis: Basis = Basis.MEASURED) -> Measure:
    units = {"http.error_rate_pct": "%", "http.p95_ms": "ms"}
    return Measure(name, value, units.get(name, "count"), subject, "k6", basis)


def entry(one: Route, *measures: Measure) -> Entry:
    (only,) = ledger((one,), measures).entries
    return only


@pytest.mark.parametrize(
    ("path", "subject"),
    [
        ("/api/v1/events/{id}", "GET /api/v1/events/{id}"),
        ("/api/v1/events/{id}", "GET /api/v1/events/17"),
        ("/api/v1/events/{id}", "ANY /api/v1/events/17/"),
        ("/api/v1/events/<int:pk>", "GET /api/v1/events/{event_id}"),
        (r"^api/v1/events/(?P<pk>\d+)/$", "GET /api/v1/events/9"),
        (r"/api/(?P<organizer>[^/]+)/events/{pk}/", "GET /api/acme/events/9"),
        ("/api/v1/events/:id", "GET /api/v1/events/9"),
        ("/reports/report-{day}.csv", "GET /reports/report-2026.csv"),
        ("/", "GET /"),
    ],
)
def test_a_figure_finds_its_route_by_template_or_by_a_real_path(path: str, subject: str) -> None:
    assert len(entry(route(path), at(subject)).measured) == 1


@pytest.mark.parametrize(
    "subject", ["POST /api/v1/events/17", "GET /api/v1/events", "GET /api/v1/events/1/2", "GET /x/v1/events/1"]
)
def test_a_figure_of_no_route_is_kept_apart_and_not_lost(subject: str) -> None:
    found = ledger((route(),), (at(subject),))
    assert found.entries[0].measured == ()
    assert [one.subject for one in found.unplaced] == [subject]


def test_of_two_routes_that_fit_the_one_with_fewer_parameters_has_it() -> None:
    found = ledger((route("/events/{id}"), route("/events/new")), (at("GET /events/new"), at("GET /events/7")))
    assert [[one.subject for one in row.measured] for row in found.entries] == [["GET /events/7"], ["GET /events/new"]]


def test_measures_that_are_about_no_route_are_left_alone() -> None:
    assert ledger((), (Measure("complexity.max", 3, subject="shop/a.py"), Measure("http.p95_ms", 3))).unplaced == ()


@pytest.mark.parametrize(
    ("said", "measures", "standing"),
    [
        ({"handled": True}, (("http.error_rate_pct", 0.2),), Standing.CONFIRMED),
        ({"handled": True}, (("http.error_rate_pct", 9.0),), Standing.CONTRADICTED),
        ({"handled": True}, (("http.error_rate_pct", 0.0), ("sentry.unresolved", 2)), Standing.CONTRADICTED),
        ({"handled": False}, (("sentry.unresolved", 2),), Standing.CONFIRMED),
        ({"handled": False}, (("http.error_rate_pct", 0.0),), Standing.NO_EVIDENCE),
        ({"handled": None}, (("http.p95_ms", 80.0),), Standing.NO_EVIDENCE),
        ({"limited": "tenant"}, (("http.limited_requests", 12),), Standing.CONFIRMED),
        ({"limited": ""}, (("http.limited_requests", 12),), Standing.CONTRADICTED),
        ({"handled": True}, (), Standing.NO_EVIDENCE),
    ],
)
def test_the_standing_follows_from_both_sides(
    said: dict[str, object], measures: tuple[tuple[str, float], ...], standing: Standing
) -> None:
    only = entry(route(**said), *(at("GET /api/v1/events/1", name, value) for name, value in measures))
    assert only.standing is standing
    assert only.why


def test_stale_figures_confirm_nothing() -> None:
    only = entry(route(handled=True), at("GET /api/v1/events/1", basis=Basis.STALE))
    assert (only.standing, only.why) == (Standing.NO_EVIDENCE, "every figure of this route is too old")


def test_what_the_code_says_is_told_in_words_and_what_it_does_not_say_is_not() -> None:
    whole = route(version="v1", limited="user", handled=True, traced=False, queries_in_loops=2, untimed_calls=0)
    assert entry(whole).said == (
        "errors are answered for", "limited by user", "version v1", "not traced", "2 queries in loops",
        "every call has a timeout",
    )  # fmt: skip
    assert entry(route(page=True)).said == ("not limited",)
