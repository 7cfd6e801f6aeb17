"""Library files are read strictly, all mistakes told together, and the user's own files win."""

from pathlib import Path

import pytest

from auditor.knowledge.load import load
from auditor.model.errors import AuditorError

OWN = """
library = "in-house HTTP"
imports = ["acme_http"]

[aliases]
"acme_http.v2" = "acme_http"

[gives]
"acme_http.connect" = "acme_http.Client"

[exceptions]
"acme_http.{Down,Slow}" = ["OSError"]

[[effect]]
kind = "external"
service = "the ledger"
calls = ["acme_http.Client.{send,ask}", "requests.get"]
raises = ["acme_http.Down"]
timeout = "patience@1"
"""


def written(folder: Path, text: str, name: str = "own.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_users_file_adds_what_the_shipped_ones_do_not_know(tmp_path: Path) -> None:
    known = load((written(tmp_path, OWN),))
    effect = known.effect("acme_http.v2.connect().send")
    assert effect is not None
    assert (effect.service, effect.timeout, effect.waits) == ("the ledger", "patience@1", True)
    assert known.bases["acme_http.Slow"] == ("OSError",)
    assert "ask" in known.names


def test_a_users_file_wins_over_a_shipped_one(tmp_path: Path) -> None:
    effect = load((written(tmp_path, OWN),)).effect("requests.get")
    assert effect is not None
    assert effect.service == "the ledger"


def test_the_digest_changes_with_the_files(tmp_path: Path) -> None:
    one, other = written(tmp_path, OWN), written(tmp_path, OWN.replace("ledger", "bank"), "other.toml")
    assert len({load().digest, load((one,)).digest, load((other,)).digest}) == 3
    assert load((one,)).digest == load((one,)).digest


def test_all_mistakes_of_all_files_are_told_with_their_lines(tmp_path: Path) -> None:
    first = written(tmp_path, 'library = "x"\nimports = ["x"]\n\n[[effect]]\nkind = "extern"\ncalls = ["x.y"]\ntimeouts = "t"\n')
    second = written(
        tmp_path, 'library = "z"\nimports = []\n\n[[guard]]\nkind = "retry"\ncalls = ["a b"]\ntypes = "@x"\n', "z.toml"
    )
    third = written(tmp_path, "library =\n", "t.toml")
    with pytest.raises(AuditorError) as told:
        load((first, second, third, tmp_path / "none.toml"))
    said = str(told.value)
    assert f"{first}:5: effect.kind:" in said
    assert "did you mean external?" in said
    assert f"{first}:7: effect.timeouts:" in said
    assert "did you mean timeout?" in said
    assert f"{second}:2: imports: is empty" in said
    assert f'{second}:6: guard.calls: "a b" is no dotted name' in said
    assert f"{third}: is not valid TOML" in said
    assert "none.toml: can not be read" in said
    assert "docs/knowledge.md" in said


@pytest.mark.parametrize("text", ["library = 3\nimports = 4\n", "a.b.c = 1\n[x]\n[[y]]\n", "\x00", "[[effect]]\n[effect]\n"])
def test_no_text_makes_more_than_a_mistake(tmp_path: Path, text: str) -> None:
    with pytest.raises(AuditorError):
        load((written(tmp_path, text),))


def test_every_shipped_library_is_named_once_and_says_what_it_is_imported_by() -> None:
    libraries = load().libraries
    assert len({library.library for library in libraries}) == len(libraries)
    assert all(library.imports for library in libraries)


@pytest.mark.parametrize("field", ["[[effect]]\nkind = 'external'\ncalls", "quiet"])
def test_braces_that_make_millions_of_names_are_a_mistake_and_are_not_spelt_out(tmp_path: Path, field: str) -> None:
    many = "{" + "a,b," * 1500 + "c}"
    file = written(tmp_path, f"library = 'x'\nimports = ['x']\n{field} = ['x.{many}.{many}.{many}']\n")
    with pytest.raises(AuditorError, match=r"spells out 27,027,009,001 names, at most 2,000 are read"):
        load((file,))
