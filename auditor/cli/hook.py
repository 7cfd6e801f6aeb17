"""The check of single files as values: which project they belong to, what is asked of them, and the verdict."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from auditor.cli.choice import EVERYTHING, Choice, chosen
from auditor.cli.recipe import Outcome, Recipe
from auditor.model.policy import Gate
from auditor.settings import read

MARKS = ("auditor.toml", "pyproject.toml", ".git")


def check(
    files: Sequence[Path],
    settings_file: Path | None,
    extra: tuple[Path, ...],
    strict: bool,
    today: date,
    choice: Choice = EVERYTHING,
) -> Outcome:
    """The findings of some files, or of all in some folders, and the verdict on them. What lies outside the project is
    judged under its own folder.
    """
    from auditor.judge.gate import gate
    from auditor.model.verdict import Grade, Verdict
    from auditor.packs.rules import places
    from auditor.run.audit import audit

    root = project_of(files[0])
    wanted = places(extra)
    choice.check(wanted)
    settings = read(root, settings_file, frozenset(place.id for place in wanted))
    recipe = Recipe(root, settings_file, extra, cache=False)
    only = tuple(sorted({Path(os.path.relpath(file, root)).as_posix() for file in files}))
    only = () if "." in only else only
    running = chosen(wanted, choice.over(settings))
    job = msgspec.structs.replace(recipe.job(settings, running), today=today, only=only, whole=False)
    snapshot = audit(job)
    bounds = Gate(0, 0, 0, 0, confidence="low") if strict else msgspec.structs.replace(settings.gate, measures={}, min_grade="")
    grade = Grade("-", None, "", caps=("single files earn no grade",))
    reasons = gate(snapshot, bounds, grade, (), None if strict else recipe.known(settings))
    code = 1 if reasons.failed else 3 if reasons.unjudged else 0
    passed = None if code == 3 else not reasons.failed
    return Outcome(root, snapshot, Verdict(passed, code, (*reasons.failed, *reasons.unjudged), grade), None)


def project_of(file: Path) -> Path:
    """The nearest folder above a file, or a folder itself or above it, that looks like a project's root."""
    here = file.resolve() if file.is_dir() else file.resolve().parent
    for folder in (here, *here.parents):
        if any((folder / mark).exists() for mark in MARKS):
            return folder
    return here
