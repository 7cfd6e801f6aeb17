"""Which exception type is which other: by the project's classes, Python's own types, and what is known of libraries."""

import builtins
from functools import lru_cache

from auditor.knowledge.load import Knowledge
from auditor.paths.names.decorated import decorated_as
from auditor.paths.names.symbol import Symbol
from auditor.paths.names.symbols import Symbols

ELSEWHERE = {
    "json.JSONDecodeError": ("ValueError",),
    "json.decoder.JSONDecodeError": ("json.JSONDecodeError",),
    "socket.timeout": ("TimeoutError",),
    "socket.error": ("OSError",),
    "socket.gaierror": ("OSError",),
    "subprocess.CalledProcessError": ("subprocess.SubprocessError",),
    "subprocess.TimeoutExpired": ("subprocess.SubprocessError",),
    "asyncio.TimeoutError": ("TimeoutError",),
    "asyncio.CancelledError": ("BaseException",),
    "concurrent.futures.TimeoutError": ("TimeoutError",),
    "decimal.InvalidOperation": ("ArithmeticError",),
    "ssl.SSLError": ("OSError",),
    "uuid.UUID": (),
}
"""The standard library's types outside `builtins`, with their bases."""

SEVERAL = {"ftplib.all_errors": ("ftplib.Error", "OSError", "EOFError")}
"""Names that a handler names several types by."""

SAME = dict.fromkeys(("IOError", "EnvironmentError", "WindowsError", "socket.error", "select.error"), "OSError")
"""Other names of Python's own types."""

OF_MAPPERS = ("DoesNotExist", "MultipleObjectsReturned")
"""Types that every mapped class has of its mapper, whatever the class is reached by."""


class Hierarchy:
    """Exception types by name. Names of the project's own are dotted paths to the class."""

    def __init__(self, symbols: Symbols, knowledge: Knowledge) -> None:
        self.symbols = symbols
        self.knowledge = knowledge
        self.own: dict[str, Symbol] = {}
        """The project's own types that somebody asked for, by name."""

    def type_name(self, path: str, scope: int, text: str) -> str:
        """The canonical name of the type that an expression names in a scope; empty where nobody can say."""
        symbol = self.symbols.chain(path, scope, text)
        if symbol is None:
            owner, _, last = text.rpartition(".")
            made = decorated_as(self.symbols, self.knowledge, path, scope, owner) if owner else ""
            return name if (name := self.knowledge.normal(f"{made}.{last}")) in self.knowledge.bases else ""
        if symbol.kind == "external":
            name = self.knowledge.normal(symbol.name).removeprefix("builtins.")
            name = SAME.get(name, name)
            last = name.rpartition(".")[2]
            if name not in self.knowledge.bases and (own := self._of_model(path, scope, text)):
                return own
            return name if last[:1].isupper() or name in self.knowledge.bases or "rror" in last else ""
        if symbol.kind not in ("class", "instance") or not symbol.path:
            return ""
        name = f"{self.symbols.modules.name_of[symbol.path]}.{self.symbols.definition(symbol).qualname}"
        self.own[name] = Symbol("class", symbol.path, symbol.place)
        return name

    def _of_model(self, path: str, scope: int, text: str) -> str:
        """The type that a mapped class has of its mapper, though another base of it is made by nobody knows what."""
        owner, _, last = text.rpartition(".")
        model = self.symbols.chain(path, scope, owner) if owner else None
        if model is None or not self.symbols.classes.is_model(model):
            return ""
        bases = (klass.name for klass in self.symbols.classes.mro(model.as_("class")) if klass.kind == "external")
        names = (self.knowledge.normal(f"{base}.{last}") for base in bases)
        return next((name for name in names if name in self.knowledge.bases), "")

    def ancestors(self, name: str) -> frozenset[str]:
        """All types that a handler may name to catch `name`, itself included."""
        return self._ancestors(name)

    @lru_cache(maxsize=4096)  # noqa: B019  one hierarchy lives as long as one audit
    def _ancestors(self, name: str) -> frozenset[str]:
        found = {name}
        own = self.own.get(name)
        if own is not None:
            for klass in self.symbols.classes.mro(own)[1:]:
                if klass.kind == "external":
                    found |= self._ancestors(self.knowledge.normal(klass.name).removeprefix("builtins."))
                else:
                    found.add(f"{self.symbols.modules.name_of[klass.path]}.{self.symbols.definition(klass).qualname}")
        elif (native := getattr(builtins, name, None)) is not None and isinstance(native, type):
            found |= {klass.__name__ for klass in native.__mro__ if issubclass(klass, BaseException)}
        else:
            for base in self.knowledge.bases.get(name, ELSEWHERE.get(name, ("Exception",))):
                found |= self._ancestors(base)
        return frozenset(found | ({"BaseException"} if "Exception" in found else set()))

    def catches(self, handler: str, name: str) -> bool:
        """Whether `except handler` catches an error of type `name`."""
        kin = self.ancestors(name)
        if handler in SEVERAL:
            return any(self.catches(one, name) for one in SEVERAL[handler])
        if handler in kin or (self._is_unknown(name) and handler.endswith(name.rpartition(".")[2])):
            return True
        return self._is_unknown(handler) and any(_is_same(handler, one) for one in kin if "." in one)

    def ends_programs(self, name: str) -> bool:
        """Whether a type that is not the project's tells a program or a task to end: no handler of errors is meant for it."""
        return name not in self.own and "Exception" not in self.ancestors(name)

    def _is_unknown(self, name: str) -> bool:
        """Whether nobody knows a type, as one that is an attribute of a class of which little is known."""
        return "." in name and not (name in self.own or name in self.knowledge.bases or name in ELSEWHERE)


def _is_same(one: str, other: str) -> bool:
    """Whether two names are those of one type: one that a package hands on (`django.db.models.base.ObjectDoesNotExist`), or one
    that a class of which nothing is known has of its mapper (`Device.DoesNotExist`, `self.model.DoesNotExist`).
    """
    owner, _, last = one.rpartition(".")
    name = other.rpartition(".")[2]
    if owner.rpartition(".")[2][:1].isupper() or last in OF_MAPPERS:
        return name in (last, f"Object{last}")
    return owner.partition(".")[0] == other.partition(".")[0] and last == name
