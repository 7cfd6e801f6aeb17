"""What calls make of the text that they are given, by their names."""

import re
from collections.abc import Iterator

STRINGS = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")
PREFIXED = re.compile(rf"(?<!\w)([rRuUbBfF]{{0,2}})({STRINGS.pattern})")
PLACES = re.compile(r"(?<!\{)\{([^{}!]+)")
"""What a text is put together of: `f"{folder}/{name}.json"`."""
MADE = re.compile(r"([A-Za-z_][\w.]*+)\((?:[^()]++|\((?:[^()]++|\([^()]*+\))*+\))*+\)")
FORMS = frozenset("str strip lower upper loads dict list unquote decode encode split getattr".split())
KNOWN_OPTION = re.compile(r"\boptions(?:\[|\.get\()\s*['\"](?:verbosity|traceback|no_color|force_color|skip_checks)['\"]")
"""What Django itself takes of a command's options, and only as a number or a flag."""
NUMBERS = frozenset("int float Decimal abs round len fromisoformat strptime".split())
"""What makes a number or a date of text: a check of it is a check of what was sent."""
PATHS = frozenset("join joinpath Path abspath realpath normpath".split())
"""What makes a path of names: the file is the one that they name."""
ROWS = frozenset("DictReader reader StringIO BytesIO TextIOWrapper enumerate reversed sorted".split())
"""What goes through the text that it is given, row by row: what is picked out of a row was sent as it is."""
KEEPS = (
    FORMS
    | ROWS
    | frozenset(
        "get getlist get_json json read format join replace rstrip lstrip partition rpartition first body"
        " splitlines get_data getvalue text content".split()
        + "to_unicode native_str force_str smart_str to_dict get_argument get_query_argument get_body_argument".split()
    )
)
"""Calls that hand text on; what any other makes of it is text as it was sent no longer."""
DOCUMENT = re.compile(r"\b(?:json|yaml|toml\w*)\.(?:safe_)?load(?=[(<]|$)")
"""What parses a file. A serializer's own `load` checks what it is given."""
MAPPINGS = re.compile(r"\b(?:loads|json|safe_load|get_json|parse_qs|DictReader|to_dict|dict)(?:[(<]|$)")
"""What makes a plain dictionary of a text, or of a mapping of another kind."""
KEEPS_KEYS = KEEPS | frozenset("copy deepcopy safe_load load parse_qs urlparse parse_args form to_dict post".split())
"""Calls that give what was sent as a mapping, or hand one on."""


def plain_text(text: str, filled: bool = False) -> str:
    """A text without the strings in it, and, where that is wanted, with what those of them that are filled in hold."""
    return PREFIXED.sub(lambda one: _places(one[2]) if filled and "f" in one[1].lower() else "", text)


def _places(text: str) -> str:
    return " ".join(STRINGS.sub("", place) for place in PLACES.findall(text))


def kept(made: re.Match[str]) -> str:
    """What is left of a call in the text of a value: itself where it hands text on, or the name of a helper."""
    if made[1].rpartition(".")[2] in KEEPS:
        return made[0]
    return made[1] if made[1].isidentifier() else ""


def turns(target: str, keys: bool) -> bool:
    """Whether a call gives what it is given in another form; as far as `keys` go, what parses a file does too."""
    last = target.rpartition(".")[2]
    return last in FORMS or last in ROWS or (keys and DOCUMENT.search(target) is not None)


def parsed(text: str) -> str:
    """What a missing key of a parsed document, or of a plain dictionary made of a mapping that raises an error of its own,
    raises; empty where the text makes none.
    """
    said = MAPPINGS.search(text) or DOCUMENT.search(text)
    return "KeyError" if said else ""


def prefixes(name: str) -> Iterator[str]:
    """A dotted name and each that it begins with, longest first."""
    plain = name.replace("()", "").replace("[]", "")
    while plain:
        yield plain
        plain = plain.rpartition(".")[0]
