"""Sizes and complexity of the whole, from files that were really screened."""

from msgspec.structs import replace

from auditor.facts.screen import screen
from auditor.facts.values import FileFacts
from auditor.measure.complexity import PATTERNS, complexity
from auditor.measure.size import sizes
from auditor.model.measure import Basis, Measure

SHOP = '''"""A shop."""
# prices in cents


class Order:
    def total(self, lines):
        return sum(line.price for line in lines if line.price)


def pay(order):
    """Pays.

    Twice, if asked to.
    """
    if order:
        return True
    return False
'''
WIDE = "def wide(x):\n" + "".join(f"    if x == {n}:\n        return {n}\n" for n in range(12))


def facts(path: str, text: str) -> FileFacts:
    sheet = screen(path, text.encode(), PATTERNS)
    return replace(sheet.facts, complexity=complexity(sheet))


def measured(**files: str) -> dict[tuple[str, str], Measure]:
    paths = {name.replace("__", "/") + ".py": text for name, text in files.items()}
    return {(one.name, one.subject): one for one in sizes({path: facts(path, text) for path, text in paths.items()})}


def test_lines_of_code_are_those_that_are_no_remark_no_docstring_and_not_blank() -> None:
    found = measured(shop=SHOP)
    names = ("files", "lines", "code_lines", "comment_lines", "functions", "classes")
    assert [found[f"size.{name}", ""].value for name in names] == [1, 17, 7, 1, 2, 1]


def test_tests_have_sizes_of_their_own() -> None:
    found = measured(shop=SHOP, tests__test_shop="def test_it(): pass\n")
    assert found["size.files", ""].value == 1
    assert (found["size.test_files", ""].value, found["size.test_lines", ""].value) == (1, 1)
    assert found["size.vendored_lines", ""].value == 0


def test_the_most_complex_function_is_named() -> None:
    found = measured(shop=SHOP, wide=WIDE)
    assert found["complexity.max", ""] == Measure("complexity.max", 13, note="wide at wide.py:1")
    assert found["complexity.max", "shop.py"].note == "Order.total at shop.py:6"
    assert found["complexity.functions_over_10", ""].value == 1
    assert found["complexity.average", ""].value == 6.0


def test_maintainability_is_averaged_over_files_with_code() -> None:
    found = measured(shop=SHOP, empty="", wide=WIDE)
    indices = [found["maintainability.index", path].value or 0 for path in ("shop.py", "wide.py")]
    assert found["maintainability.average", ""].value == round(sum(indices) / 2, 2)
    assert found["maintainability.files_under_20", ""].value == 0
    assert ("maintainability.index", "empty.py") not in found


def test_only_the_ten_worst_files_are_named() -> None:
    found = measured(**{f"m{n}": f"def f():\n    return 1{' + 1' * n}\n" for n in range(30)})
    for name in ("maintainability.index", "complexity.max", "size.code_lines"):
        assert len([subject for known, subject in found if known == name and subject]) == 10


def test_nothing_read_is_unknown_and_not_nothing() -> None:
    assert {one.basis for one in sizes({})} == {Basis.UNKNOWN}
    only_tests = measured(tests__test_a="x = 1\n")
    assert only_tests["size.code_lines", ""].value is None
    assert only_tests["complexity.average", ""].value is None
    assert only_tests["size.test_lines", ""].value == 1


def test_source_without_functions_has_no_complexity() -> None:
    found = measured(settings="DEBUG = True\n")
    assert found["size.functions", ""].value == 0
    assert found["complexity.max", ""].note == "no function was found"
