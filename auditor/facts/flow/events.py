"""What happens in a file as values: calls with what stands around them, raises, reads, assignments, returns."""

import msgspec


class Call(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A call. `target` is the callee in short (`session().get`, `select<Order>().where`).

    `scope` is an index into the file's definitions or -1 for the module, `guard` and `loop` are indices into the flow's
    guards and loops or -1. `start` is the byte at which the expression begins: all calls of one chain share it. `bound`
    is the name that the result is given, where it is. `args` is what stands between the brackets, cut off. `end` is the
    byte at which the call ends: a call that begins and ends within another is one of its arguments or of its callee.
    `dropped` says that it is a statement of its own, not even awaited.
    """

    scope: int
    line: int
    column: int
    start: int
    target: str
    guard: int = -1
    loop: int = -1
    args: str = ""
    bound: str = ""
    end: int = -1
    dropped: bool = False


class Handler(msgspec.Struct, frozen=True, array_like=True):
    """An `except` clause: the caught types' texts (none for a bare one), and whether it can raise the same again: all of it,
    or only where it is one of the types in `again`, or only where the names in `asked` are true. It goes from `line` to `last`,
    both included.
    """

    types: tuple[str, ...]
    line: int
    reraises: bool
    again: tuple[str, ...] = ()
    last: int = 0
    asked: tuple[str, ...] = ()


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


class Loop(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A loop or comprehension. `target` is the text of its variables and `source` in short what is gone through; both
    are empty for `while`. `start` is the byte at which the source begins, or the condition of `while`, and `text` is that
    as written, cut off.
    """

    scope: int
    parent: int
    line: int
    kind: str
    """`for`, `while` or `comprehension`."""
    target: str = ""
    source: str = ""
    start: int = -1
    text: str = ""
    leaves: str = ""
    """Whether a `return` or `break` ends it early: `always` where it stands in the body itself, else `some`."""


class Raise(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A `raise` of something new; `type` is the text of the type. `condition` is what the nearest `if`, `while` or `match`
    around it in its function asks, `args` what stands between the brackets of the new error, both cut off. `met` are the
    comparisons of statements around that have to be met, from the inside out.
    """

    scope: int
    line: int
    column: int
    type: str
    guard: int
    condition: str = ""
    args: str = ""
    met: tuple[str, ...] = ()


class Read(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is read of a value and may cost or fail: `order.customer.name`, or `data['key']`; `checked` says that the
    function asks first whether the key is there.
    """

    scope: int
    line: int
    column: int
    text: str
    guard: int = -1
    loop: int = -1
    checked: bool = False


class Assign(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """`target = value` or `target: annotation`. `value` is in short where it is a name, an attribute, a call or a part
    of one, and empty for anything else; then `text` holds it as written, cut off. `start` is the byte at which it begins.
    """

    scope: int
    line: int
    target: str
    value: str
    annotation: str
    start: int = -1
    text: str = ""


class Return(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a function hands back, in short; where it is no chain of names, `value` is empty and `text` holds it as written,
    cut off. It stands from byte `start` to `end`.
    """

    scope: int
    line: int
    value: str
    start: int = -1
    end: int = -1
    text: str = ""


class Yield(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Where a generator hands something out: the body of a `with` runs there, if it is a context manager.

    `value` is that in short, with a star before it where it is `yield from`.
    """

    scope: int
    line: int
    guard: int = -1
    loop: int = -1
    value: str = ""
    start: int = -1
    """The byte at which it begins."""


class Header(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A function's parameters and return annotation as written: `(self, a: int = 0) -> str`."""

    scope: int
    text: str


class Branch(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Lines of a function, both included, that run only where parameters with a default, or that may be None, are given so:
    `name` as true, `!name` as false, `name?` as something, `!name?` as None. So are `self.pk`, `self.id`, `self._state.adding`.
    """

    scope: int
    first: int
    last: int
    asks: tuple[str, ...]


class Case(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Lines within a loop, both included, that run only in some of its turns; `asked` is the condition as written, cut off, and
    empty for an `else`. `ends` says that they leave the loop behind: with break, return or raise.
    """

    scope: int
    loop: int
    first: int
    last: int
    asked: str
    ends: bool


class Membership(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Lines of a function, both included, that run only where a condition is met, or is not, that asks whether one thing is in
    another, or by which method a request came: `text` is that as written, cut off.
    """

    scope: int
    first: int
    last: int
    text: str
    met: bool


class Flow(msgspec.Struct, frozen=True, array_like=True):
    """Everything that happens in one file, each list in the order of the source."""

    calls: tuple[Call, ...] = ()
    guards: tuple[Guard, ...] = ()
    loops: tuple[Loop, ...] = ()
    raises: tuple[Raise, ...] = ()
    reads: tuple[Read, ...] = ()
    assigns: tuple[Assign, ...] = ()
    returns: tuple[Return, ...] = ()
    signatures: tuple[Header, ...] = ()
    yields: tuple[Yield, ...] = ()
    stores: tuple[tuple[int, int], ...] = ()
    """The stretches, first and last byte, in which a store is filled with what it does not hold yet."""
    branches: tuple[Branch, ...] = ()
    cases: tuple[Case, ...] = ()
    answering: tuple[int, ...] = ()
    """The functions, by their place among the definitions, that answer for every error that they are handed."""
    memberships: tuple[Membership, ...] = ()
    parts: tuple[Read, ...] = ()
    """Parts that are picked by number of what was split: `text.split()[]`, `text.split() parts`."""
