"""The ways in which teams word promises, each under the measure that a reader would name."""

import csv
from pathlib import Path

import pytest

from auditor.roadmap.markdown import read_markdown

TOLD = Path(__file__).with_name("wordings.tsv").read_text("utf-8").splitlines()
WORDINGS = tuple(csv.reader(TOLD, delimiter="\t", quoting=csv.QUOTE_NONE))
PAGE = "# Plan 2026\n\n## Sprint 1 (1 June 2026 - 12 June 2026)\n\n### Success metrics\n\n- {text}\n"


@pytest.mark.parametrize(("measure", "text"), WORDINGS, ids=[text for _, text in WORDINGS])
def test_a_promise_is_bound_to_the_measure_that_a_reader_would_name(measure: str, text: str) -> None:
    found = read_markdown(PAGE.format(text=text), "plan.md")
    assert [target.measure for target in found.targets] == [measure]
