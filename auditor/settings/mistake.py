"""A mistake in a settings file, and all of them as one error. What the file says is escaped: it may be hostile."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from auditor.model.closest import closest
from auditor.model.errors import AuditorError
from auditor.settings.place import Path as Keys
from auditor.settings.place import Places

LONGEST = 60
MOST_TOLD = 50


class Mistake(msgspec.Struct, frozen=True):
    """What is wrong at a place of the file, and how to mend it. `word` finds the line in a value of several lines."""

    place: Keys
    what: str
    hint: str
    word: str = ""


def error(file: Path, text: str, prefix: Keys, mistakes: Iterable[Mistake]) -> AuditorError:
    """All mistakes as one error, in the order of the file, each with its line. `prefix` is where the settings begin."""
    told = rows(file, text, prefix, mistakes)
    number = f"{len(told):,} mistakes" if len(told) > 1 else "a mistake"
    more = f", of which the first {MOST_TOLD}" * (len(told) > MOST_TOLD)
    return AuditorError("\n".join([f"{number} in the settings{more}", *told[:MOST_TOLD]]), "docs/settings.md names every setting")


def rows(file: Path, text: str, prefix: Keys, mistakes: Iterable[Mistake]) -> list[str]:
    """The mistakes in the order of the file, each once: `file:line: what` and the hint below it."""
    places = Places(text)
    told = sorted({(places.line((*prefix, *one.place), one.word), _sentence(one)) for one in mistakes})
    return [f"{shown(str(file), 400)}:{line}: {sentence}" for line, sentence in told]


def _sentence(one: Mistake) -> str:
    name = ".".join(key for key in one.place if isinstance(key, str))
    return (f"{shown(name)}: " if name else "") + one.what + (f"\n    hint: {one.hint}" if one.hint else "")


def near(word: str, known: Iterable[str], otherwise: str) -> str:
    """A hint that names what was most likely meant, else `otherwise`."""
    found = closest(word, known)
    return f"did you mean {found}?" if found else otherwise


def shown(text: str, longest: int = LONGEST) -> str:
    """Text of the file, safe to print on a terminal: nothing but printable characters, and cut where it is long."""
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text[: longest + 1])
    return safe if len(safe) <= longest else safe[: longest - 1] + "…"


def quoted(value: object) -> str:
    """A value of the file as a person would write it there."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{shown(value)}"'
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    return shown(str(value))
