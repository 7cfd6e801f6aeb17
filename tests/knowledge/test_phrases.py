"""Phrases are found in people's words and in names."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import auditor.knowledge
from auditor.knowledge.phrases import Phrases, words

BOOK = tomllib.loads((Path(auditor.knowledge.__file__).parent / "security_topics.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("check_access(user)", ["check", "access", "user"]),
        ("getUserID", ["get", "user", "id"]),
        ("RBACPermission", ["rbac", "permission"]),
        ("OAuthToken", ["oauth", "token"]),
        ("isn't it?", ["isnt", "it"]),
        ("see https://example.org/auth/token now", ["see", "now"]),
    ],
)
def test_words_are_small_and_identifiers_fall_apart(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("phrase", "text", "there"),
    [
        ("token", "a token", True),
        ("token", "tokens", False),
        ("token*", "tokens", True),
        ("rate limit*", "add rate limiting", True),
        ("rate limit*", "rate and limit", False),
        ("check* .. owner*", "check that the owner", True),
        ("check* .. owner*", "check one two three four owner", False),
        ("check* .. owner*", "checksum, owner", False),
        ("who check*", "who looks at checkboxes", False),
        ("who check*", "who checks", True),
        ("^can edit", "can edit", True),
        ("^can edit", "you can edit", False),
        ("upload $", "upload", True),
        ("upload $", "upload file", False),
    ],
)
def test_a_phrase_is_found_where_it_stands(phrase: str, text: str, there: bool) -> None:
    assert Phrases([phrase]).found(words(text)) == ({phrase} if there else set())


@given(st.lists(st.sampled_from(["a", "b", "ab", "abc"]), max_size=30))
def test_any_words_can_be_searched(text: list[str]) -> None:
    found = Phrases(["a*", "b .. a", "ab c", "^abc"]).found(text)
    assert ("a*" in found) == any(word.startswith("a") for word in text)
    assert ("^abc" in found) == (text[:1] == ["abc"])
    assert "ab c" not in found


def test_the_phrases_that_ship_can_all_be_found() -> None:
    lists = [topic[key] for topic in BOOK["topic"] for key in ("certain", "plain", "hint", "place", "near_place")]
    lists += [one[key] for one in BOOK["unless"] for key in ("phrases", "beside")]
    lists += [BOOK["elsewhere"]["phrases"], *BOOK["intent"].values()]
    for phrase in sorted({phrase for each in lists for phrase in each}):
        sample = phrase.replace("*", "").replace("^", "").replace(" .. ", " x ").removesuffix(" $")
        assert phrase in Phrases([phrase]).found(words(sample)), phrase


def test_only_what_is_certain_can_be_a_mere_name() -> None:
    certain = {phrase for topic in BOOK["topic"] for phrase in topic["certain"]}
    assert set(BOOK["named"]["phrases"]) - certain == set()


def test_only_words_that_are_known_are_explained_away() -> None:
    known = {phrase for topic in BOOK["topic"] for key in ("certain", "plain", "hint") for phrase in topic[key]}
    assert {phrase for one in BOOK["unless"] for phrase in one["phrases"]} - known == set()
