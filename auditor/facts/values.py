"""What is known of one file after the screen: frozen values, small enough to be cached and sent between processes."""

from bisect import bisect_right

import msgspec


class Definition(msgspec.Struct, frozen=True, array_like=True):
    """A class or a function. `parent` is the index of the definition around it in `FileFacts.definitions`, or -1.

    `column` counts from 1 and is that of `def`, `async` or `class`; `line` is that of the keyword, not of a decorator.
    """

    kind: str
    """`class`, `function` or `async function`."""
    name: str
    qualname: str
    line: int
    end_line: int
    column: int
    parent: int
    decorators: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()


class Import(msgspec.Struct, frozen=True, array_like=True):
    """A name that an import binds. `target` is dotted and absolute where the file's module is known.

    `import a.b` binds `a` to `a`; `import a.b as c` binds `c` to `a.b`; `from a import b as c` binds `c` to `a.b`;
    `from a import *` binds `*` to `a`.
    """

    local: str
    target: str
    line: int


class Comment(msgspec.Struct, frozen=True, array_like=True):
    """A comment with its `#`. `alone` says that nothing but white space stands before it on its line."""

    line: int
    column: int
    text: str
    alone: bool


class Docstring(msgspec.Struct, frozen=True, array_like=True):
    """The first string of a module, a class or a function, quotes included."""

    line: int
    text: str


class Ignore(msgspec.Struct, frozen=True, array_like=True):
    """A suppression comment. `covers` is the line it speaks for; `rules` may hold a pack (`errors`) or be empty (all)."""

    line: int
    column: int
    covers: int
    rules: tuple[str, ...]
    until: str
    reason: str


class Complexity(msgspec.Struct, frozen=True, array_like=True):
    """Figures of one file, by radon's definitions. `functions` holds (index of the definition, cyclomatic complexity)."""

    functions: tuple[tuple[int, int], ...] = ()
    maintainability: float | None = None


class FileFacts(msgspec.Struct, frozen=True, array_like=True):
    """One file's index. Lines count from 1; definitions stand in the order of the source, outer before inner."""

    path: str
    kind: str
    """`source`, `test`, `migration`, `generated` or `vendored`."""
    module: str
    """Dotted name as seen from the audited root, empty where the path gives none."""
    lines: int
    code_lines: int
    comment_lines: int
    broken: bool
    """Whether the screen met text that is not Python."""
    definitions: tuple[Definition, ...] = ()
    imports: tuple[Import, ...] = ()
    comments: tuple[Comment, ...] = ()
    docstrings: tuple[Docstring, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    complexity: Complexity = Complexity()

    def enclosing(self, line: int) -> tuple[Definition, ...]:
        """The definitions around a line, outermost first."""
        found: list[Definition] = []
        index = bisect_right(self.definitions, line, key=lambda d: d.line) - 1
        while index >= 0:
            definition = self.definitions[index]
            if definition.end_line >= line:
                found.append(definition)
            index = definition.parent
        return tuple(reversed(found))
