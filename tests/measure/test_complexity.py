"""radon is the oracle: on its own terms the figures counted on the screen's tree must be its figures."""

import ast
import sysconfig
import textwrap
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from radon.metrics import mi_visit
from radon.visitors import Class, ComplexityVisitor, Function

from auditor.facts import source
from auditor.facts.screen import screen
from auditor.facts.values import Complexity, FileFacts
from auditor.measure.complexity import PATTERNS, complexity

STANDARD_LIBRARY = Path(sysconfig.get_path("stdlib"))
SAMPLE = sorted(path for path in STANDARD_LIBRARY.glob("*.py") if path.stat().st_size < 60_000)


def measured(text: str | bytes) -> tuple[FileFacts, Complexity]:
    sheet = screen("a.py", text.encode() if isinstance(text, str) else text, PATTERNS)
    return sheet.facts, complexity(sheet)


def by_function(text: str | bytes) -> dict[tuple[int, str], int]:
    facts, figures = measured(text)
    return {(facts.definitions[i].line, facts.definitions[i].name): count for i, count in figures.functions}


def radons(text: str | bytes) -> dict[tuple[int, str], int]:
    visitor = ComplexityVisitor.from_ast(ast.parse(text))
    return {(one.lineno, one.name): one.complexity for one in _functions([*visitor.functions, *visitor.classes])}


def _functions(blocks: list[Function | Class]) -> Iterator[Function]:
    for block in blocks:
        if isinstance(block, Class):
            yield from _functions([*block.methods, *block.inner_classes])
        else:
            yield block
            yield from _functions(block.closures)


CASES = [
    """
    def f(a):
        if a and a > 1 or not a:
            return 1
        elif a:
            return 2
        else:
            return 3
    """,
    """
    def f(a):
        for x in a:
            pass
        else:
            a = 1 if x else 2
        while a:
            break
        else: pass
    """,
    """
    def f():
        try:
            g()
        except A:
            pass
        except (B, C):
            pass
        else:
            pass
        finally:
            pass
    """,
    """
    def f(a):
        b = [x for x in a if x if x > 1 for y in x]
        return {x: y for x, y in a}, {x for x in a}, (x for x in a if x)
    """,
    """
    def f(a):
        assert a and a or a, 'no' if a else 'yes'
        return lambda: a and a
    """,
    """
    def f(a, b=1 if x else 2):
        def g():
            if a: pass
        class C:
            x = 1 if a else 2
            def m(self):
                if a: pass
        return g
    """,
    """
    @deco(a and b)
    def f(a: int | None) -> str | None:
        with a as b, c as d:
            return a or b
    """,
    """
    class C(A if x else B):
        if x:
            def m(self): return 1 if x else 2
        def n(self): pass
    """,
    """
    async def f(a):
        async for x in a:
            if await x: pass
        return [x async for x in a if x]
    """,
    """
    def f(a):
        match a:
            case 1: pass
            case [x, y] if x and y: pass
            case A() as z: pass
            case None: pass
            case _: pass
    """,
    """
    def f(a):
        match a:
            case 1 | 2: pass
            case other: pass
    """,
]


@pytest.mark.parametrize("text", CASES)
def test_a_function_is_as_complex_as_radon_says(text: str) -> None:
    code = textwrap.dedent(text)
    known = radons(code)
    assert known
    assert {place: count for place, count in by_function(code).items() if place in known} == known


@pytest.mark.skipif(not hasattr(ast, "TryStar"), reason="this Python has no except*")
def test_a_group_of_exceptions_counts_as_radon_has_it() -> None:
    text = "def f():\n    try:\n        g()\n    except* A:\n        if a: pass\n"
    assert by_function(text) == radons(text) == {(1, "f"): 2}


def test_the_standard_library_is_as_complex_as_radon_says() -> None:
    same, other, near, far = 0, [], 0, []
    for path in SAMPLE:
        text = source.normalise(path.read_bytes())
        known, mine = _warned(radons, text), by_function(text)
        other += [(path.name, place) for place, count in known.items() if mine.get(place) != count]
        same += sum(mine.get(place) == count for place, count in known.items())
        index = measured(text)[1].maintainability
        theirs = mi_visit(text.decode(), multi=True)
        if abs((100.0 if index is None else index) - theirs) <= 1:
            near += 1
        else:
            far.append((path.name, index, theirs))
    assert same / (same + len(other)) >= 0.995, other
    assert near / (near + len(far)) >= 0.98, far


def _warned(ask: Callable[[bytes], dict[tuple[int, str], int]], text: bytes) -> dict[tuple[int, str], int]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ask(text)


def test_syntax_newer_than_this_python_is_counted() -> None:
    text = "def f[T](a: T):\n    try:\n        g(t'{a}')\n    except A, B:\n        if a and a: pass\n"
    assert by_function(text) == {(1, "f"): 4}


def test_code_that_does_not_parse_is_counted_as_far_as_it_reads() -> None:
    assert by_function("def f(a):\n    if a:\n        return (\n\ndef g(a):\n    if a: pass\n")[1, "f"] >= 2


def test_an_empty_file_has_no_index() -> None:
    assert measured("")[1] == Complexity()
    assert measured("# only a remark\n")[1] == Complexity()


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "(" * 3000 + "1" + ")" * 3000 + "\n",
        "x = " + " + ".join(["a"] * 100_000) + "\n",
        "x = " + " and ".join(["a"] * 50_000) + "\n",
        "".join(f"{' ' * depth}def f{depth}():\n" for depth in range(800)) + " " * 800 + "pass\n" + "x = a or b\n" * 20_000,
        "x = '" + "a" * 30_000_000 + "'\n",
        "if a:\n    b = 1\n" + "elif a:\n    b = 1\n" * 20_000,
        "x = [" + "\n# remark\n1," * 50_000 + "]\n",
        "x = " + "a = " * 50_000 + "1\n",
        "x = " + "[a for a in " * 20_000 + "a" + "]" * 20_000 + "\n",
        "x = " + "not " * 50_000 + "a\n",
        "x = " + "(a < " * 20_000 + "a" + ")" * 20_000 + "\n",
        "x = " + "lambda: " * 20_000 + "a\n",
        "x = " + "{a: " * 20_000 + "a" + "}" * 20_000 + "\n",
    ],
    ids=[
        "brackets",
        "sum",
        "and",
        "nested",
        "long line",
        "elif",
        "remarks",
        "assignments",
        "comprehensions",
        "not",
        "comparisons",
        "lambdas",
        "dictionaries",
    ],
)
def test_hostile_shapes_are_counted_too(text: str) -> None:
    assert measured(text)[1].maintainability is not None
