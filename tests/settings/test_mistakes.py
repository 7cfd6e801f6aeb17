"""All mistakes of a settings file come together, each with its line and a hint, and never as a traceback."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.errors import AuditorError
from auditor.settings import Settings, read
from auditor.settings.place import Places

RULES = frozenset({"errors/broad-except", "errors/lost-cause", "security/todo"})

MANY = """\
[gate]
hihg = 3
critical = -1
min_grade = "B++"
claims = "true"
measures = { "duplication.density_pct" = "less", "todo.count" = "<= 9" }

[rules]
select = [
  "errors",
  "eror/broad-except",
]
ignore = "todo"

[rules.severity]
"lost-cause" = "hgh"

[discover]
max_file_kib = 0

[supply]
budget_s = nan
advisories = "folder"

[[supply.accepted]]
id = "CVE-1"
reason = "not reached"
until = "31.1.2027"

[[supply.accepted]]
id = "CVE-2"
reason = " "

[roadmap]
path = "/etc/passwd"

[gates]
"""

TOLD = [
    (2, "gate.hihg: is no setting", "did you mean high?"),
    (3, "gate.critical: is -1, but must be a whole number, at least 0", ""),
    (4, 'gate.min_grade: is "B++"', "did you mean B+?"),
    (5, 'gate.claims: is "true", but must be true or false', "true and false stand without quotes"),
    (6, 'gate.measures.duplication.density_pct: "less" is no bound', 'write a comparator and a number: "<= 5"'),
    (11, 'rules.select: "eror/broad-except" is no rule and no pack', "did you mean errors/broad-except?"),
    (13, 'rules.ignore: is "todo", but must be a list of texts', 'put it in brackets: ["todo"]'),
    (16, 'rules.severity.lost-cause: is "hgh", but must be "critical"', "did you mean high?"),
    (19, "discover.max_file_kib: is 0, but must be a whole number, at least 1 and at most 102400", ""),
    (22, "supply.budget_s: is nan, but must be a number, more than 0 and at most 3600", ""),
    (23, "supply.advisories: is no setting", "there are offline"),
    (28, 'supply.accepted.until: "31.1.2027" is no day', "write it like 2027-01-31"),
    (32, "supply.accepted.reason: is empty", "a risk without a reason is not accepted"),
    (35, 'roadmap.path: "/etc/passwd" leads out of the project', "name a path inside it"),
    (37, "gates: is no section of the settings", "did you mean gate?"),
]


def told(tmp_path: Path, text: str, name: str = "auditor.toml") -> str:
    """What a reader of the file's mistakes gets to see."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(AuditorError) as caught:
        read(tmp_path, known_rules=RULES)
    return str(caught.value)


@pytest.mark.parametrize(("line", "what", "hint"), TOLD, ids=[what for _, what, _ in TOLD])
def test_a_mistake_has_its_line_and_its_hint(tmp_path: Path, line: int, what: str, hint: str) -> None:
    text = told(tmp_path, MANY)
    after = text.partition(f"auditor.toml:{line}: {what}")[2]
    assert after, text
    assert hint in after.split("auditor.toml")[0]


def test_every_mistake_of_a_file_is_told_at_once_and_in_its_order(tmp_path: Path) -> None:
    text = told(tmp_path, MANY)
    lines = [int(line) for line in re.findall(r"auditor\.toml:(\d+):", text)]
    assert text.startswith(f"{len(TOLD)} mistakes in the settings")
    assert lines == [line for line, _, _ in TOLD]


def test_sections_of_the_other_file_s_style_are_explained(tmp_path: Path) -> None:
    text = told(tmp_path, "[tool.auditor.gate]\nhigh = 1\n")
    assert "auditor.toml:1: tool: is no section" in text
    assert "[gate], not [tool.auditor.gate]" in text


def test_a_bare_name_of_a_rule_is_found_behind_its_pack(tmp_path: Path) -> None:
    assert "did you mean errors/lost-cause?" in told(tmp_path, "[rules]\nignore = ['lost-cause']\n")


def test_a_link_inside_the_project_that_leads_out_is_told(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "plan.toml").symlink_to(tmp_path / "elsewhere.toml")
    assert "leads out of the project" in told(tree, "[roadmap]\npath = 'plan.toml'\n")


def test_names_that_would_act_on_a_terminal_are_shown_escaped(tmp_path: Path) -> None:
    text = told(tmp_path, '[tool.auditor]\n"\\u001b[2J\\u202e" = 1\nroadmap = { "\\u001b]0;x" = 1 }\n', "pyproject.toml")
    assert r"\x1b[2J\u202e" in text
    assert all(character.isprintable() or character == "\n" for character in text)


def test_thousands_of_mistakes_are_counted_and_fifty_told(tmp_path: Path) -> None:
    text = told(tmp_path, "\n".join(f"[a{number}]" for number in range(3000)))
    assert text.startswith("3,000 mistakes in the settings, of which the first 50\n")
    assert text.count("auditor.toml:") == 50


def test_rules_are_not_checked_by_name_where_nobody_knows_them(tmp_path: Path) -> None:
    (tmp_path / "auditor.toml").write_text("[rules]\nignore = ['mine/own']\n")
    assert read(tmp_path).rules.ignore == ("mine/own",)


@pytest.mark.parametrize(
    ("text", "path", "word", "line"),
    [
        ("a = 1\n\n[b.c]\nd = 2\n", ("b", "c", "d"), "", 4),
        ("[b]\nc.d = 2\n", ("b", "c"), "", 2),
        ("[b]\nc = {d = {e = 1}}\n", ("b", "c", "d", "e"), "", 2),
        ('x = """\n[b]\nc = 1\n"""\n[b]\nc = 2\n', ("b", "c"), "", 6),
        ("[[a]]\nb = 1\n[[a]]\nb = 2\n[a.c]\nd = 3\n", ("a", 1, "c", "d"), "", 6),
        ("a = [\n  'x',\n  'y',\n]\n", ("a", 1), "y", 3),
        ('["q.w"."e r"]\nz = 1\n', ("q.w", "e r", "z"), "", 2),
        ("[a]\n", ("a", "not", "there"), "", 1),
    ],
)
def test_the_line_of_a_key_is_found(text: str, path: tuple[str | int, ...], word: str, line: int) -> None:
    assert Places(text).line(path, word) == line


NAMES = st.sampled_from(
    ["gate", "rules", "supply", "discover", "high", "measures", "accepted", "until", "kinds", "select", "knowledge", "x"]
)
PLAIN = st.one_of(st.integers(), st.booleans(), st.text(max_size=8), st.floats(), st.dates(), NAMES)
TABLES = st.recursive(PLAIN, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=4)))


@given(st.dictionaries(NAMES, TABLES, max_size=5))
def test_any_table_gives_settings_or_an_error_for_the_user(
    tmp_path_factory: pytest.TempPathFactory, table: dict[str, object]
) -> None:
    tomlkit = pytest.importorskip("tomlkit")
    check(tmp_path_factory.mktemp("tree"), tomlkit.dumps(table))


@given(st.one_of(st.text(), st.lists(st.sampled_from([*MANY.splitlines(), "]", "[[gate]]", "'", '"""', "="])).map("\n".join)))
def test_any_text_gives_settings_or_an_error_for_the_user(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    check(tmp_path_factory.mktemp("tree"), text)


def check(tree: Path, text: str) -> None:
    """Reads the text as both kinds of file; what is told names a line that the file has."""
    (tree / "auditor.toml").write_text(text, encoding="utf-8", errors="replace", newline="")
    (tree / "pyproject.toml").write_text(f"[tool.auditor]\n{text}", encoding="utf-8", errors="replace", newline="")
    for file in ("auditor.toml", "pyproject.toml"):
        try:
            told = "" if isinstance(read(tree, tree / file, RULES), Settings) else "no settings"
        except AuditorError as error:
            told = str(error)
        last = (tree / file).read_bytes().count(b"\n") + 1
        lines = [int(line) for line in re.findall(rf"{file}:(\d+):", told)]
        assert bool(lines) == bool(told), told
        assert all(1 <= line <= last for line in lines)
