"""What is written down is true: generated pages are fresh, links lead somewhere, commands exist."""

import re
import shlex
from pathlib import Path

import click
import pytest

from tests.house.commands import every
from tests.house.docs import pages
from tests.house.tree import PROJECT, shown

PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
COMMAND = re.compile(r"(?:^|`)\s*(auditor(?: [^`#|>\n]+)?)", re.MULTILINE)


@pytest.mark.parametrize("path", sorted(pages()))
def test_generated_pages_are_fresh(path: str) -> None:
    assert (PROJECT / path).read_text(encoding="utf-8") == pages()[path], "run `make docs` and commit what it wrote"


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_commands_in_the_documentation_exist_with_their_options(page: Path) -> None:
    known = dict(every())
    for said in COMMAND.findall(page.read_text(encoding="utf-8")):
        words = shlex.split(said.replace("…", ""), posix=True)
        typed = next((" ".join(words[:n]) for n in (3, 2, 1) if " ".join(words[:n]) in known), "")
        command = known[typed]
        if typed == "auditor" and len(words) > 1:
            assert words[1].startswith("-") or words[1].isupper(), f"{shown(page)}: {said}"
        for word in words[1:]:
            if word.startswith("--") and len(word) > 2:
                assert word.partition("=")[0] in options(command), f"{shown(page)}: {said}"


def options(command: click.Command) -> set[str]:
    """All long and short options of a command."""
    given = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    return {*given, "--help", "-h"}
