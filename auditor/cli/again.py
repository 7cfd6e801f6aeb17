"""A past commit audited with the rules and settings of today, so that the two compare."""

import io
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from auditor.cli.keep import conditions
from auditor.cli.recipe import Outcome, Recipe
from auditor.model.history import Entry
from auditor.model.taken import Taken
from auditor.settings import Settings

if TYPE_CHECKING:
    from auditor.run.checkout import Checkout


def agreed(recipe: Recipe) -> Settings:
    """The settings of today, for all commits alike. Files that they name are those of today."""
    from auditor.packs.rules import places

    settings = recipe.agreed(places(recipe.rules))
    files = tuple(os.fspath((recipe.root / name).resolve()) for name in settings.knowledge)
    return msgspec.structs.replace(settings, knowledge=files)


def audited(checkout: "Checkout", recipe: Recipe, name: str, at: str) -> Taken | None:
    """The audit of one past commit, which was made at the moment `at`; None where it has no such folder."""
    skipped = checkout.lay(name)
    if skipped is None or not checkout.folder.is_dir():
        return None
    day = date.fromisoformat(at[:10])
    then = msgspec.structs.replace(recipe, path=checkout.folder, roadmap=_roadmap(recipe, checkout.folder), today=day)
    outcome = then.audit(io.StringIO(), skipped)
    snapshot = msgspec.structs.replace(outcome.snapshot, project=recipe.root.resolve().name, commit=name)
    return Taken(snapshot, outcome.verdict, conditions(outcome), at, backfilled=True, dirty=False)


def _roadmap(recipe: Recipe, then: Path) -> Path | None:
    """The roadmap that was named, else the one that the commit holds, else that of today."""
    from auditor.cli.promises import NAME

    assert recipe.given is not None
    names = (recipe.given.roadmap.path,) if recipe.given.roadmap.path else (NAME, f"docs/{NAME}")
    places = (root / name for root in (then, recipe.root) for name in names)
    return recipe.roadmap or next((place for place in places if place.is_file()), None)


def halfway(outcome: Outcome, before: Entry) -> Taken | None:
    """The code of an earlier audit under the rules of this one; None where that code is not in git as it was.

    Dependencies and what other tools measured are left out: they are not read from the code.
    """
    from auditor.run.checkout import Checkout
    from auditor.run.scratch import scratch
    from auditor.run.shadow import repository, resolve

    recipe, root = outcome.recipe, outcome.root
    found = repository(root)
    if recipe is None or found is None or before.dirty is not False or resolve(root, before.commit) != before.commit:
        return None
    plain = msgspec.structs.replace(recipe, path=root, deps=False, fetch=False, evidence=(), baseline=None)
    plain = msgspec.structs.replace(plain, given=agreed(plain))
    with scratch() as folder:
        return audited(Checkout(found, folder / (root.resolve().name or "project")), plain, before.commit, before.at)
