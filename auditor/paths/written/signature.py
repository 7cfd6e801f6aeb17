"""A function's parameters and annotations as written, and the classes that an annotation names."""

import ast
import re
from functools import lru_cache
from typing import NamedTuple

PLAIN = re.compile(r"\(([\w\s,]*)\)\s*\Z")
DOTTED = re.compile(r"[\w.]+\Z")
CONTAINER = re.compile(
    r"(?:\w+\.)*(?:[Ll]ist|[Ss]et|FrozenSet|frozenset|Sequence|Iterable|Iterator|Collection|Generator|AsyncIterator|QuerySet|Query|Select|Manager|RelatedManager|Page|[Tt]uple)"
    r"\[(?P<inside>[\w.]+)\s*[,\]]"
)
KEYED = re.compile(
    r"(?:\w+\.)*(?:[Dd]ict|Mapping|MutableMapping|[Dd]efault[Dd]ict|OrderedDict)\[[^,\[\]]+,\s*(?P<inside>[\w.]+)\s*\]\s*(?:\Z|\|)"
)
QUERY = re.compile(r"(?:Optional\[)?(?:\w+\.)*(?:QuerySet|Query|Select|Manager|RelatedManager)\[")
"""What holds rows and can be asked for fewer of them."""
WRAPPER = re.compile(r"(?:\w+\.)*(Optional|Union|Annotated|Final|ClassVar|Awaitable|Type|type)\[")


class Signature(NamedTuple):
    """A function's parameters as written: their names, annotations, defaults, and the annotation of what it returns."""

    names: tuple[str, ...]
    annotations: dict[str, str]
    defaults: dict[str, str]
    returns: str
    star: str = ""
    """The parameter that takes in all further positional arguments."""

    @property
    def first(self) -> str:
        """The name of the first parameter, or an empty string."""
        return self.names[0] if self.names else ""


@lru_cache(maxsize=20_000)
def signature(text: str) -> Signature:
    """A signature from its source `(self, a: int = 0) -> str`; an empty one where that is no Python."""
    plain = PLAIN.match(text)
    if plain:
        return Signature(tuple(name.strip() for name in plain[1].split(",") if name.strip()), {}, {}, "")
    try:
        (tree,) = ast.parse(f"def f{text.strip()}: pass").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Signature((), {}, {}, "")
    if not isinstance(tree, ast.FunctionDef):
        return Signature((), {}, {}, "")
    a = tree.args
    positional = [*a.posonlyargs, *a.args]
    all_ = [*positional, *([a.vararg] if a.vararg else []), *a.kwonlyargs, *([a.kwarg] if a.kwarg else [])]
    defaults = dict(zip((p.arg for p in positional[len(positional) - len(a.defaults) :]), a.defaults, strict=True))
    defaults |= {p.arg: d for p, d in zip(a.kwonlyargs, a.kw_defaults, strict=True) if d is not None}
    return Signature(
        tuple(p.arg for p in all_),
        {p.arg: ast.unparse(p.annotation) for p in all_ if p.annotation is not None},
        {name: ast.unparse(value) for name, value in defaults.items()},
        ast.unparse(tree.returns) if tree.returns is not None else "",
        a.vararg.arg if a.vararg is not None else "",
    )


def type_names(annotation: str) -> list[str]:
    """The classes an annotation may stand for, containers left out: `Optional["a.B"]` is [a.B]; `list[B]` is []."""
    text = annotation.strip().strip("'\"").replace("'", "").replace('"', "")
    wrapper = WRAPPER.match(text)
    while wrapper:
        text = text[wrapper.end() :].removesuffix("]")
        text = text.partition(",")[0] if wrapper.group(1) == "Annotated" else text
        wrapper = WRAPPER.match(text)
    parts = [part.strip() for part in re.split(r"[|,]", text)]
    return [part for part in parts if part not in ("None", "") and DOTTED.match(part)]


def element_names(annotation: str) -> list[str]:
    """The classes whose instances a container that is annotated holds: `list[B] | None` is [B]; `B` is []."""
    text = annotation.strip().replace("'", "").replace('"', "")
    if (wrapper := WRAPPER.match(text)) is not None:
        text = text[wrapper.end() :].removesuffix("]")
    found = CONTAINER.match(text)
    return [found["inside"]] if found else []


def value_name(annotation: str) -> str:
    """The class of what a mapping that is annotated holds: `dict[int, B]` is B; else nothing."""
    text = annotation.strip().replace("'", "").replace('"', "")
    if (wrapper := WRAPPER.match(text)) is not None:
        text = text[wrapper.end() :].removesuffix("]")
    found = KEYED.match(text)
    return found["inside"] if found else ""
