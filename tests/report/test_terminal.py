"""The terminal report: short, honest, plain in a pipe."""

import io
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from auditor.model.measure import Measure
from auditor.packs.reports import load_report
from auditor.report import Screen, View
from auditor.report.screen import screen
from tests.report import sample


def lines(view: View) -> list[str]:
    body = load_report("terminal").render(view)
    assert isinstance(body, str)
    return body.splitlines()


def test_the_last_line_is_the_verdict(view: View) -> None:
    assert lines(view)[-1] == "failed (exit code 1) in 4.2 s"
    assert lines(sample.empty())[-1] == "could not judge (exit code 3)"
    assert lines(sample.clean())[-1] == "passed (exit code 0)"


def test_two_thousand_findings_become_the_gravest_of_each_rule_and_the_number_of_the_rest(tmp_path: Path) -> None:
    told = lines(sample.sample(tmp_path, sample.many(2000)))
    assert len(told) < 100
    assert "657 more of errors/generic-raise" in told
    assert "findings  666 high, 667 medium, 667 low" in told


def test_a_pipe_gets_each_finding_whole_on_one_line(view: View) -> None:
    text = "\n".join(lines(view))
    for finding in view.counted:
        assert finding.message in text


def test_a_narrow_terminal_is_never_overrun_by_a_finding(view: View) -> None:
    narrow = msgspec.structs.replace(view, screen=Screen(44, styled=True))
    start = [line for line in lines(narrow) if line.startswith("    ")]
    assert start
    assert max(len(line) for line in start) <= 44


def test_everything_unknown_is_named(view: View) -> None:
    text = "\n".join(lines(view))
    for words in ("2 files that could not be read", "1 failure of a rule", "shop-internal: no version is pinned", "coverage"):
        assert words in text


def test_a_library_is_told_that_there_were_no_paths_to_judge() -> None:
    told = "no entry points were found: the project looks like a library; the rules about paths from them had nothing to judge"
    view = sample.clean()
    nothing = Measure("errors.entry_points", None, "", note="no entry points were found: the project looks like a library")
    library = msgspec.structs.replace(view, snapshot=msgspec.structs.replace(view.snapshot, measures=(nothing,)))
    assert told in lines(library)
    assert told not in lines(view)


def test_a_pipe_costs_no_import_of_rich(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from auditor.packs.reports import load_report; from tests.report import sample\n"
        f"load_report('terminal').render(sample.sample(pathlib.Path({str(tmp_path)!r})))\n"
        "sys.exit('rich' in sys.modules or 'jinja2' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


class Tty(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environ", "expected"),
    [
        (Tty(), {"TERM": "xterm"}, Screen(80, True, True)),
        (Tty(), {"NO_COLOR": "1"}, Screen(80, False, True)),
        (Tty(), {"NO_COLOR": ""}, Screen(80, True, True)),
        (Tty(), {"TERM": "dumb", "COLUMNS": "132"}, Screen(132, False, True)),
        (Tty(), {"COLUMNS": "7"}, Screen(40, True, True)),
        (io.TextIOWrapper(io.BytesIO(), "ascii"), {}, Screen(100, False, False)),
        (io.TextIOWrapper(io.BytesIO(), "utf-8"), {"COLUMNS": "wide"}, Screen(100, False, True)),
    ],
)
def test_styles_go_to_terminals_that_want_them(stream: io.StringIO, environ: dict[str, str], expected: Screen) -> None:
    assert screen(stream, environ, 80) == expected


def test_a_screen_without_unicode_gets_ascii(view: View) -> None:
    text = "\n".join(lines(msgspec.structs.replace(view, screen=Screen(unicode=False))))
    assert text.isascii()
    assert "250 ms -> 262.4 ms -> < 200 ms" in text
