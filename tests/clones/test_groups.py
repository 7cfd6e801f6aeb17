"""Pairs that were checked become groups of which every place is like the first one."""

from auditor.clones.groups import CloneGroup, Match, Place, clusters, outermost
from auditor.clones.runs import Pair, Span

ONE, TWO, THREE, FOUR = (Span(f"{name}.py", 0, 10) for name in ("a", "b", "c", "d"))


def match(left: Span, right: Span, kind: str = "gapped", confidence: str = "medium", similarity: float = 0.7) -> Match:
    return Match(kind, Pair(left, right), similarity, confidence)


def group(*places: Place, confidence: str = "medium", kind: str = "gapped") -> CloneGroup:
    return CloneGroup(kind, places, 60, 12, 0.8, confidence)


def test_copies_of_one_place_are_one_group() -> None:
    (cluster,) = clusters([match(ONE, TWO, "exact"), match(TWO, THREE, "exact")])
    assert cluster.spans == (ONE, TWO, THREE)


def test_what_is_like_the_place_in_the_middle_stands_beside_it_and_that_comes_first() -> None:
    (cluster,) = clusters([match(ONE, TWO), match(TWO, THREE)])
    assert cluster.spans == (TWO, ONE, THREE)


def test_a_chain_is_no_single_group() -> None:
    found = list(clusters([match(ONE, TWO), match(TWO, THREE), match(THREE, FOUR)]))
    assert [cluster.spans for cluster in found] == [(TWO, ONE, THREE), (FOUR, THREE)]


def test_the_likest_places_stand_together_even_where_another_one_has_more_like_it() -> None:
    found = list(clusters([match(ONE, TWO), match(ONE, THREE), match(THREE, FOUR, similarity=0.9)]))
    assert {cluster.spans for cluster in found} == {(THREE, FOUR), (ONE, TWO)}


def test_what_is_doubtful_stands_apart_from_what_is_sure() -> None:
    found = list(clusters([match(ONE, TWO, "exact", "high"), match(TWO, THREE, "renamed", "low")]))
    assert [cluster.spans for cluster in found] == [(ONE, TWO), (THREE, TWO)]
    assert [[one.confidence for one in cluster.matches] for cluster in found] == [["high"], ["low"]]


def test_a_stretch_that_stands_within_a_copy_is_no_group_of_its_own() -> None:
    whole = group(Place("a.py", 1, 20), Place("b.py", 1, 22))
    inner = group(Place("a.py", 3, 9), Place("b.py", 5, 11), confidence="high", kind="exact")
    assert list(outermost([whole, inner])) == [whole]


def test_a_stretch_that_stands_in_a_third_place_too_is_a_group_of_its_own() -> None:
    whole = group(Place("a.py", 1, 20), Place("b.py", 1, 22))
    inner = group(Place("a.py", 3, 9), Place("b.py", 5, 11), Place("c.py", 5, 11), kind="exact")
    assert list(outermost([whole, inner])) == [whole, inner]


def test_a_copy_hides_not_behind_a_doubtful_one() -> None:
    whole = group(Place("a.py", 1, 20), Place("b.py", 1, 22), confidence="low")
    inner = group(Place("a.py", 3, 9), Place("b.py", 5, 11), confidence="high", kind="exact")
    assert list(outermost([whole, inner])) == [whole, inner]


def test_one_function_in_the_place_of_all_saves_the_lines_of_all_but_the_longest() -> None:
    long, short, other = Place("a.py", 1, 20), Place("b.py", 1, 12), Place("c.py", 1, 10)
    copies = group(long, short, other)
    assert copies.removable(copies.places) == 22
    assert copies.removable([short, other]) == 22
