"""The cache keeps what it was given, forgets what is old, and takes anything strange for a miss."""

import sqlite3
from pathlib import Path

import pytest

from auditor.facts.cache import FILE, Cache

BODIES = {f"{number:040x}": bytes([number]) * 5000 for number in range(50)}


def filled(place: Path) -> Path:
    """A cache with all bodies; the path of its file."""
    cache = Cache(place)
    for name, body in BODIES.items():
        cache.put(name, body)
    cache.flush()
    cache.close()
    return place / FILE


def test_what_one_process_flushed_another_reads(tmp_path: Path) -> None:
    filled(tmp_path)
    later = Cache(tmp_path)
    assert {name: later.get(name) for name in BODIES} == BODIES
    assert later.get("f" * 40) is None


def test_what_was_not_flushed_is_known_here_and_nowhere_else(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("ab", b"x")
    assert cache.get("ab") == b"x"
    assert Cache(tmp_path).get("ab") is None


@pytest.mark.parametrize("share", [0, 1, 30, 50, 99])
@pytest.mark.parametrize("noise", [b"", b"\xff" * 3000, b"\0" * 3000])
def test_a_damaged_file_gives_right_answers_or_none_and_can_be_filled_again(tmp_path: Path, share: int, noise: bytes) -> None:
    file = filled(tmp_path)
    whole = file.read_bytes()
    cut = len(whole) * share // 100
    file.write_bytes(whole[:cut] + noise + (whole[cut + len(noise) :] if noise else b""))
    damaged = Cache(tmp_path)
    assert all(damaged.get(name) in (None, body) for name, body in BODIES.items())
    for _ in range(2):  # the first may find out only then
        damaged.close()
        filled(tmp_path)
        damaged = Cache(tmp_path)
    assert {name: damaged.get(name) for name in BODIES} == BODIES


def test_an_entry_of_another_kind_or_with_a_wrong_sum_is_a_miss(tmp_path: Path) -> None:
    base = sqlite3.connect(filled(tmp_path))
    first, second, *_ = BODIES
    base.execute("UPDATE entry SET body = 'text' WHERE name = ?", (first,))
    base.execute("UPDATE entry SET body = zeroblob(100) WHERE name = ?", (second,))
    base.commit()
    base.close()
    cache = Cache(tmp_path)
    assert [cache.get(first), cache.get(second)] == [None, None]


def test_entries_of_long_ago_go_when_it_is_pruned(tmp_path: Path) -> None:
    base = sqlite3.connect(filled(tmp_path))
    first, second, *_ = BODIES
    base.execute("UPDATE entry SET day = day - 31 WHERE name = ?", (first,))
    base.commit()
    base.close()
    cache = Cache(tmp_path)
    cache.prune()
    assert cache.get(first) is None
    assert cache.get(second) == BODIES[second]


def test_a_file_that_has_grown_too_large_is_begun_anew(tmp_path: Path) -> None:
    file = filled(tmp_path)
    large = file.stat().st_size
    assert Cache(tmp_path, large).get(next(iter(BODIES))) is not None
    later = Cache(tmp_path, large - 1)
    assert later.get(next(iter(BODIES))) is None
    later.put("ab", b"x")
    later.flush()
    assert file.stat().st_size < large
    assert Cache(tmp_path, large - 1).get("ab") == b"x"


def test_no_place_keeps_nothing() -> None:
    cache = Cache(None)
    cache.put("ab", b"x")
    cache.flush()
    cache.prune()
    assert cache.get("ab") is None
