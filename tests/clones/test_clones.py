"""Clones planted in real code are found, and code that only looks alike is not paired."""

import os
import re
import sysconfig
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.clones.find import duplicated_lines, find
from auditor.clones.gapped import aligned, common_length
from auditor.clones.groups import CloneGroup
from tests.clones.lookalikes import LOOKALIKES
from tests.clones.planting import read_file, recall

FUNCTION = """
def settle(order, gateway, log):
    if order.paid:
        return None
    total = sum(line.price * line.amount for line in order.lines)
    answer = gateway.charge(order.customer, total, currency=order.currency)
    if not answer.ok:
        log.warning("declined %s", order.number)
        raise Declined(order.number, answer.code)
    order.mark_paid(answer.reference)
    return answer
"""


def groups(**files: str) -> tuple[CloneGroup, ...]:
    """The groups among files given by name."""
    return find({f"{name}.py": read_file(f"{name}.py", text.encode()) for name, text in files.items()})


def test_an_exact_copy_with_another_layout_is_found_with_its_lines() -> None:
    copy = FUNCTION.replace("    if not", "    # said no\n\n    if  not").replace(
        "order.currency)", "\n        order.currency,\n    )"
    )
    copy = copy.replace("total = sum", "total = \\\n        sum")
    (group,) = groups(a=FUNCTION, b="import os\n" + copy)
    assert group.kind == "exact"
    assert [(place.path, place.line, place.end_line) for place in group.places] == [("a.py", 2, 11), ("b.py", 3, 17)]


def test_a_copy_with_other_names_and_literals_is_found() -> None:
    copy = FUNCTION.replace("order", "invoice").replace("total", "amount_due").replace("declined %s", "no: %s")
    (group,) = groups(a=FUNCTION, b=copy)
    assert group.kind == "renamed"


def test_a_copy_in_which_nothing_keeps_its_name_is_found() -> None:
    words = "order gateway log paid total line price amount lines answer charge customer currency ok number code reference"
    copy = FUNCTION
    for place, word in enumerate([*words.split(), "mark_paid", "warning", "Declined", "settle"]):
        copy = re.sub(rf"\b{word}\b", f"other_{place}", copy)
    (group,) = groups(a=FUNCTION, b=copy)
    assert group.kind == "renamed"


def test_a_copy_with_statements_changed_and_added_is_found() -> None:
    copy = FUNCTION.replace("    if order.paid:\n", "    audit(order)\n    if order.paid:\n").replace(
        "    order.mark_paid(answer.reference)\n", "    notify(order)\n"
    )
    (group,) = groups(a=FUNCTION, b=copy)
    assert group.kind == "gapped"
    assert [(place.line, place.end_line) for place in group.places] == [(2, 11), (2, 12)]


def test_a_twin_that_waits_and_says_its_types_is_found() -> None:
    copy = FUNCTION.replace(
        "def settle(order, gateway, log):", "async def settle(order: Order, gateway: Gateway, log: Log) -> Answer:"
    )
    copy = copy.replace("total = sum", "total: Decimal = sum").replace(
        "answer = gateway", "answer: Answer | None = await gateway"
    )
    (group,) = groups(a=FUNCTION, b=copy)
    assert group.kind == "renamed"
    assert group.confidence == "medium"


BEFORE = """
def open_day(shop, clerk, weather):
    shop.unlock(clerk)
    for till in shop.tills:
        till.count()
    if weather["rain"] > 3:
        clerk.put_out("umbrellas", weather)
    tables = [table.number for table in shop.tables if table.free]
    with shop.radio() as radio:
        radio.volume -= 2
"""
AFTER = """
    while shop.visitors:
        shop.greet(clerk)
    del clerk.breaks[0]
    flowers = {vase: shop.garden.pick(3) for vase in shop.vases}
    assert flowers, "no flowers today"
    shop.sign = not shop.sign
    return shop.close(flowers=flowers)
"""


def test_a_stretch_within_two_functions_with_a_statement_changed_in_its_midst_is_one_group() -> None:
    first, *body = FUNCTION.strip().split("\n")
    stretch = [
        line.replace("return None", "continue_with(order)").replace("return answer", "log.info(answer, order.total)")
        for line in body
    ]
    changed = [line.replace('log.warning("declined %s", order.number)', "metrics.count(gateway)") for line in stretch]
    (group,) = groups(a=BEFORE + "\n".join(stretch) + "\n    return 1\n", b="\n".join([first, *changed]) + "\n" + AFTER)
    assert group.kind == "gapped"
    assert [(place.line, place.end_line) for place in group.places] == [(11, 19), (2, 10)]


def test_a_stretch_of_which_every_third_statement_is_another_is_found() -> None:
    lines = """
    path = folder / name
    stamp = clock.now().isoformat()
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line.startswith(prefix):
            kept.append((number, line.strip()))
    if not kept:
        raise NothingKept(path, stamp)
    log.info("%s: %d of %d", path, len(kept), len(lines))
    archive.add(path.with_suffix(".done"))
""".strip("\n")
    copy = lines.replace("stamp = clock.now().isoformat()", "tries = limit - 1").replace("path, stamp", "path, tries")
    copy = copy.replace("    archive.add", "    counter.seen(path)\n    lock.renew()\n    archive.add")
    (group,) = groups(a=BEFORE + lines + "\n    return 1\n", b=f"def sweep(folder, name):\n    kept = []\n{copy}\n" + AFTER)
    assert [place.lines for place in group.places] == [10, 12]
    assert group.confidence == "medium"


def test_a_function_that_collects_its_answer_is_a_copy_of_one_that_returns_early() -> None:
    early = FUNCTION.replace(
        "        raise Declined(order.number, answer.code)\n", "        return Declined(order.number, answer.code)\n"
    )
    late = early.replace(
        "        return Declined(order.number, answer.code)\n    ",
        "        result = Declined(order.number, answer.code)\n    else:\n        ",
    )
    late = late.replace("    return answer\n", "        result = answer\n    return result\n")
    (group,) = groups(a=early, b=late)
    assert group.kind == "gapped"


def test_a_try_counts_where_little_else_is_equal() -> None:
    def function(*blocks: tuple[str, str, str]) -> str:
        each = (f"    try:\n        {a}\n    except KeyError:\n        {b}\n    else:\n        {c}\n" for a, b, c in blocks)
        return f"def take(config, form, log):\n{''.join(each)}    return form\n"

    names = ("country", "format", "size")
    read = [(f"form.{name} = config.read({name!r}, form.{name})", f"log.warn({name!r})", "form.done(True)") for name in names]
    cut = [
        (f"form.{name} = stored[{n}].text.strip()", f"log.warn({name!r})", f"config.count += len(form.{name}) * {n + 2}")
        for n, name in enumerate(names)
    ]
    first = (cut[0][0], "form.errors.append(missing(0, 'country', config))", read[0][2])
    (group,) = groups(a=function(*read), b=function(first, *cut[1:]))
    assert group.kind == "gapped"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("    parser.add_argument('--{0}', default=None, help='the {0} of it')", "host port user token proxy depth"),
        ("    made.{0} = data['{0}']", "title body author slug place genre rating year"),
        ("    if event.kind == '{0}':\n        return on_{0}(event)", "opened closed moved paid sent"),
    ],
)
def test_a_table_that_is_written_as_statements_is_doubtful(line: str, words: str) -> None:
    names = words.split()
    other = [f"{name}_two" for name in names]
    texts = [
        "\n".join(
            [f"def f{n}(data, event):", "    made = parser = new(data)", *(line.format(w) for w in some), "    return made\n"]
        )
        for n, some in enumerate((names, other))
    ]
    assert {group.confidence for group in groups(a=texts[0], b=texts[1])} <= {"low"}


def test_three_copies_in_a_row_of_one_function_are_three_places() -> None:
    _, *body = FUNCTION.strip().split("\n")
    text = "\n".join(body).replace("    return answer", "    log.info(answer)").replace("return None", "log.skip(order)") + "\n"
    (group,) = groups(a="def settle_all(order, gateway, log):\n" + text + text + text)
    assert [place.lines for place in group.places] == [9, 9, 9]


def test_many_copies_are_one_group() -> None:
    (group,) = groups(**{f"file_{number:02}": FUNCTION for number in range(40)})
    assert len(group.places) == 40
    assert duplicated_lines([group], {place.path for place in group.places}) == 400
    assert duplicated_lines([group], {"file_00.py"}) == 10


@pytest.mark.parametrize("name", sorted(LOOKALIKES))
def test_code_that_only_looks_alike_is_not_paired(name: str) -> None:
    left, right = LOOKALIKES[name]
    assert groups(a=left, b=right) == ()


@pytest.mark.parametrize("odd", ["# a path ends so: C:\\\\", "MARK = '\x02'", "NAME = 'a\\\nb'"])
def test_odd_lines_hide_no_copy_in_their_file(odd: str) -> None:
    (group,) = groups(a=FUNCTION, b=f"while waiting():\n    {odd}\n    rest()\n{FUNCTION}")
    assert [(place.path, place.name) for place in group.places] == [("a.py", "settle"), ("b.py", "settle")]


@pytest.mark.parametrize(
    "text",
    ["", "x = 1\n" * 10_000, "x = '" + "a" * 3_000_000 + "'\n", "x = " + "(" * 3000 + ")" * 3000, "def (:\n" * 50, "'''\n" * 7],
    ids=["empty", "one line 10,000 times", "a very long line", "deep", "broken", "open strings"],
)
def test_hostile_text_ends_and_is_no_clone(text: str) -> None:
    assert groups(a=text, b=text + "\n") == () or "(" not in text


def test_planted_clones_of_the_standard_library_are_found(tmp_path: Path) -> None:
    library = Path(sysconfig.get_paths()["stdlib"])
    for name in ("email", "asyncio", "logging", "http", "concurrent", "json", "xml", "urllib", "unittest", "importlib"):
        (tmp_path / name).symlink_to(library / name)
        os.unlink(tmp_path / name)
        for file in sorted((library / name).rglob("*.py")):
            target = tmp_path / file.relative_to(library)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    found = {kind: 100 * hits / planted for kind, (hits, planted) in recall(tmp_path, 60, seed=7).items()}
    assert found["exact"] >= 98
    assert found["renamed"] >= 96
    assert found["renamed throughout"] >= 90
    assert found["gapped"] >= 90
    assert found["renamed and gapped"] >= 85


@given(st.lists(st.integers(0, 5), max_size=30), st.lists(st.integers(0, 5), max_size=30))
@settings(deadline=None)
def test_the_quick_length_is_that_of_the_alignment(left: list[int], right: list[int]) -> None:
    pairs = aligned(left, right)
    assert len(pairs) == common_length(left, right)
    assert all(left[i] == right[j] for i, j in pairs)
    assert pairs == sorted(pairs)


@given(st.text(alphabet="ab=()'\"#\n \\[]{},:.", max_size=200))
@settings(deadline=None)
def test_reading_any_text_gives_columns_of_one_length(text: str) -> None:
    read = read_file("a.py", text.encode())
    columns = {len(read.starts), len(read.ends), len(read.exact), len(read.said), len(read.blind), len(read.tokens)}
    assert len(columns) == 1
    assert not read.starts or len(read.text.split("\n")) == len(read.starts)
