"""What happens in a file as values: calls with what stands around them, raises, assignments, returns."""

import msgspec


class Arg(msgspec.Struct, frozen=True, array_like=True):
    """An argument: its keyword (`*` and `**` for unpacking, empty for a positional one) and its value's text, cut off."""

    name: str
    text: str


class Call(msgspec.Struct, frozen=True, array_like=True):
    """A call. `target` is the callee's text with the contents of brackets left out: `session().get`.

    `scope` is an index into the file's definitions or -1 for the module, `guard` and `loop` are indices into the flow's
    guards and loops or -1. `bound` is the name that the result is given, where it is.
    """

    scope: int
    line: int
    column: int
    target: str
    guard: int = -1
    loop: int = -1
    bound: str = ""
    args: tuple[Arg, ...] = ()


class Handler(msgspec.Struct, frozen=True, array_like=True):
    """An `except` clause: the caught types' texts (none for a bare one), and whether it can raise the same again."""

    types: tuple[str, ...]
    line: int
    reraises: bool


class Guard(msgspec.Struct, frozen=True, array_like=True):
    """What stands around a stretch of code: a `try` with its handlers, or a `with` with its contexts."""

    kind: str
    """`try` or `with`."""
    parent: int
    line: int
    handlers: tuple[Handler, ...] = ()
    contexts: tuple[str, ...] = ()
    final_exit: bool = False
    """Whether a `finally` ends with return, break or continue, which swallows everything."""


class Loop(msgspec.Struct, frozen=True, array_like=True):
    """A loop or comprehension. `target` and `source` are the texts of `for target in source`; empty for `while`."""

    scope: int
    parent: int
    line: int
    target: str
    source: str


class Raise(msgspec.Struct, frozen=True, array_like=True):
    """A `raise` of something new; `type` is the text of the type."""

    scope: int
    line: int
    column: int
    type: str
    guard: int


class Assign(msgspec.Struct, frozen=True, array_like=True):
    """`target = value` or `target: annotation`, where the value is a name, an attribute or a call."""

    scope: int
    target: str
    value: str
    annotation: str


class Return(msgspec.Struct, frozen=True, array_like=True):
    """What a function hands back, as text."""

    scope: int
    value: str


class Header(msgspec.Struct, frozen=True, array_like=True):
    """A function's parameters and return annotation as written: `(self, a: int = 0) -> str`."""

    scope: int
    text: str


class Flow(msgspec.Struct, frozen=True, array_like=True):
    """Everything that happens in one file, each list in the order of the source."""

    calls: tuple[Call, ...] = ()
    guards: tuple[Guard, ...] = ()
    loops: tuple[Loop, ...] = ()
    raises: tuple[Raise, ...] = ()
    assigns: tuple[Assign, ...] = ()
    returns: tuple[Return, ...] = ()
    signatures: tuple[Header, ...] = ()
