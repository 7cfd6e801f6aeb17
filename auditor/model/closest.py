"""What somebody most likely meant who misspelt a name."""

from collections.abc import Iterable

LONGEST = 60
"""Characters of a word that are looked at: whoever wrote it may mean harm."""


def closest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The known name that is most like a word, or an empty string. `cutoff` is how alike they must be, of 1."""
    import difflib  # mistakes are rare, and a hook pays for every import

    return next(iter(difflib.get_close_matches(word[:LONGEST], sorted(known), n=1, cutoff=cutoff)), "")
