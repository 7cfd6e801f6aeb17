"""What is kept comes back: the same past from both databases, in whatever order the snapshots came."""

import itertools
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.judge.extend import extended
from auditor.model.history import Conditions, Past, Stretch
from auditor.model.measure import Basis, Measure
from auditor.model.taken import Taken, key_of
from auditor.store.place import Store, opened
from auditor.store.prune import prune
from auditor.store.read import commits, origins, past, whole
from auditor.store.save import save
from tests.store.taking import at, count, finding, seen, taken


def kept(place: str | Path, *audits: Taken, **wanted: object) -> Past:
    """The past after these audits were saved in the order given: the whole of it, unless something is wanted."""
    with opened(place, create=True) as store:
        for one in audits:
            save(store, "shop", one)
        return past(store, "shop", **wanted) if wanted else whole(store, "shop")  # type: ignore[arg-type]


def test_a_project_without_history_has_an_empty_past(place: str | Path) -> None:
    assert kept(place) == Past()


def test_an_entry_comes_back_as_it_was_taken(place: str | Path) -> None:
    one = taken(at(1), finding("a"), finding("b", counts=False), conditions=Conditions("2", {"errors/broad-except": "f00"}))
    found = kept(place, one)
    assert found.entries == (one.entry,)
    assert found.conditions == {key_of(one.conditions): one.conditions}
    assert (found.entries[0].severities["high"], found.entries[0].suppressed) == (1, 1)


def test_a_finding_that_went_and_came_back_has_two_stretches(place: str | Path) -> None:
    found = kept(place, taken(at(1), finding("a")), taken(at(2)), taken(at(3), finding("a")), taken(at(4), finding("a")))
    assert found.seen[0].stretches == (Stretch(at(1), at(1)), Stretch(at(3), at(4)))
    assert (found.seen[0].first_seen, found.seen[0].last_seen) == (at(1), at(4))


def test_a_finding_says_what_the_latest_snapshot_has_it_say(place: str | Path) -> None:
    late, early = taken(at(9), finding("a", line=7, message="late")), taken(at(1), finding("a", line=3, message="early"))
    (one,) = kept(place, late, early).seen
    assert (one.line, one.message) == (7, "late")


def test_findings_are_those_of_the_newest_of_the_days_and_moments_asked_for_and_the_known(place: str | Path) -> None:
    stood = (("old", "a", "b"), ("b", "c", "a"), ("c", "d"), ("d", "e"))
    found = kept(place, *(taken(at(day), *map(finding, names)) for day, names in enumerate(stood)), measures=())
    assert [one.fingerprint for one in found.seen] == ["d", "e"]
    found = kept(place, days=[at(1)[:10]])
    assert [one.fingerprint for one in found.seen] == ["a", "b", "c", "d", "e"]
    assert found.seen[0].stretches == (Stretch(at(0), at(1)),)
    found = kept(place, moments=[at(0)], known=["c", "nobody"])
    assert [one.fingerprint for one in found.seen] == ["a", "b", "c", "d", "e", "old"]
    assert [one.fingerprint for one in kept(place, days=["2020-01-01"]).seen] == ["a", "b", "d", "e", "old"]
    assert kept(place, findings=False).seen == ()


def test_a_day_is_told_by_its_last_snapshot_and_those_asked_for(place: str | Path) -> None:
    audits = (*(taken(at(0, hour)) for hour in (8, 9)), *(taken(at(1, hour)) for hour in (8, 9, 10)), taken(at(2)))
    assert [one.at for one in kept(place, *audits, findings=False).entries] == [at(0, 8), at(0, 9), at(1, 10), at(2)]
    assert [one.at for one in kept(place, moments=[at(1, 8)]).entries] == [at(0, 8), at(0, 9), at(1, 8), at(1, 10), at(2)]
    assert len(kept(place).entries) == 6


def test_farther_back_a_week_and_then_four_are_told_by_their_last_snapshot(place: str | Path) -> None:
    days = (0, 3, 4, 5, 22, 23, *range(470, 487), 800, 801)  # day four was a Monday, and four weeks ended on day ten
    found = kept(place, *(taken(at(day)) for day in days), findings=False)
    assert [one.at for one in found.entries] == [at(day) for day in (0, 5, 23, 472, 479, 486, 800, 801)]


def test_a_baseline_is_the_first_figure_ever_known_however_long_ago(place: str | Path) -> None:
    values: tuple[float | None, ...] = (None, 7, 5)
    audits = [taken(at(day), figures=(count("todo.count", value),)) for day, value in enumerate(values)]
    kept(place, *audits, taken(at(900), figures=(count("todo.count", 1), count("size.files", 3))))
    with opened(place) as store:
        found = origins(store, "shop", ["todo.count", "size.files", "never.taken"])
    assert [(one.measure, one.points[0].at, one.points[0].value) for one in found.series] == [
        ("size.files", at(900), 3), ("todo.count", at(1), 7),
    ]  # fmt: skip


def test_two_snapshots_of_one_second_are_both_kept(place: str | Path) -> None:
    found = kept(place, taken(at(1), finding("a")), taken(at(1)))
    assert [one.at for one in found.entries] == [at(1), at(1).replace("09:00:00", "09:00:01")]
    assert found.seen[0].stretches == (Stretch(at(1), at(1)),)


def test_two_runs_that_fill_one_history_keep_each_commit_once(place: str | Path) -> None:
    one = msgspec.structs.replace(taken(at(1), finding("a"), commit="c" * 40), backfilled=True)
    found = kept(place, one, one)
    assert found.entries == (one.entry,)


def test_a_figure_is_a_point_in_every_snapshot_that_has_it_and_unknown_is_a_point(place: str | Path) -> None:
    values: tuple[float | None, ...] = (5, 5, None, 4)
    audits = [taken(at(day), figures=(count("todo.count", value),)) for day, value in enumerate(values)]
    (one,) = kept(place, *audits, taken(at(9))).series
    assert [(point.at, point.value) for point in one.points] == [(at(day), value) for day, value in enumerate(values)]
    assert one.points[2].basis is Basis.UNKNOWN


def test_a_figure_measured_in_another_unit_is_turned_into_the_newest_or_unknown(place: str | Path) -> None:
    figures = (count("k6.p95", 0.2, "s"), count("k6.p95", 9, "files"), count("k6.p95", 150, "ms"))
    (one,) = kept(place, *(taken(at(day), figures=(figure,)) for day, figure in enumerate(figures))).series
    assert one.unit == "ms"
    assert [point.value for point in one.points] == [200.0, None, 150.0]
    assert one.points[1].note == "was measured in files"


def test_series_about_one_file_are_read_where_they_are_asked_for(place: str | Path) -> None:
    figures = (Measure("complexity.max", 9, subject="a.py"), Measure("complexity.max", 12), Measure("size.files", 3))
    assert [one.measure for one in kept(place, taken(at(1), figures=figures)).series] == ["complexity.max", "size.files"]
    asked = kept(place, measures=["complexity.max"]).series
    assert [(one.measure, one.subject) for one in asked] == [("complexity.max", ""), ("complexity.max", "a.py")]


def test_projects_in_one_database_do_not_see_each_other(place: str | Path) -> None:
    with opened(place, create=True) as store:
        save(store, "shop", taken(at(1), finding("a")))
        save(store, "till", taken(at(2), finding("a"), finding("b")))
        assert len(past(store, "shop").entries) == 1
        assert [one.first_seen for one in past(store, "till").seen] == [at(2), at(2)]
        prune(store, "till", [at(2)])
        assert past(store, "till") == Past()
        assert len(past(store, "shop").seen) == 1


def test_only_a_clean_tree_stands_for_its_commit(place: str | Path) -> None:
    with opened(place, create=True) as store:
        for day, dirty in enumerate((False, True, None)):
            save(store, "shop", taken(at(day), commit=f"c{day}", dirty=dirty))
        assert commits(store, "shop") == {"c0"}


def test_text_that_a_database_can_not_keep_is_kept_as_near_as_can_be(place: str | Path) -> None:
    odd = finding("a", message="nul \0, half \ud800, long " + "x" * 9_000)
    (one,) = kept(place, taken(at(1), odd)).seen
    assert one.message.startswith("nul \ufffd, half \\ud800, long xxx")
    assert len(one.message) == 2_000


STATES = st.sampled_from((None, ("high", True), ("low", True), ("high", False)))
DAYS = st.lists(
    st.tuples(st.integers(0, 12), st.fixed_dictionaries({"a": STATES, "b": STATES}), st.sampled_from((None, 1.0, 2.0))),
    min_size=1,
    max_size=9,
    unique_by=lambda day: day[0],
)


NUMBERS = itertools.count()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=DAYS, gone=st.sets(st.integers(0, 12)))
def test_whatever_the_order_and_whatever_is_pruned_the_past_is_that_of_the_snapshots_kept(
    days: list[tuple[int, dict[str, tuple[str, bool] | None], float | None]], gone: set[int], store: Store
) -> None:
    audits = []
    for day, states, value in days:
        found = [finding(name, state[0], state[1], line=day) for name, state in states.items() if state is not None]
        audits.append(taken(at(day), *found, figures=() if value is None else (count("todo.count", value),)))
    name = f"shop {next(NUMBERS)}"
    for one in audits:
        save(store, name, one)
    assert whole(store, name).seen == seen(audits)
    prune(store, name, [at(day) for day in gone])
    left = [one for one in audits if one.at not in {at(day) for day in gone}]
    then = whole(store, name)
    assert then.entries == tuple(sorted((one.entry for one in left), key=lambda entry: entry.at))
    stretches = [(one.fingerprint, one.stretches, one.weights) for one in then.seen]
    assert stretches == [(one.fingerprint, one.stretches, one.weights) for one in seen(left)]
    points = [(point.at, point.value) for series in then.series for point in series.points]
    assert points == sorted((one.at, figure.value) for one in left for figure in one.snapshot.measures)
    assert msgspec.json.decode(msgspec.json.encode(then), type=Past) == then


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=DAYS)
def test_the_past_with_today_at_its_end_is_the_past_had_today_been_kept(
    days: list[tuple[int, dict[str, tuple[str, bool] | None], float | None]], store: Store
) -> None:
    audits = []
    for day, states, value in sorted(days, key=lambda one: one[0]):
        found = [finding(name, state[0], state[1], line=day) for name, state in states.items() if state is not None]
        audits.append(taken(at(day), *found, figures=(count("todo.count", value),)))
    name = f"shop {next(NUMBERS)}"
    for one in audits[:-1]:
        save(store, name, one)
    foreseen = extended(whole(store, name), audits[-1])
    save(store, name, audits[-1])
    assert foreseen == whole(store, name)
