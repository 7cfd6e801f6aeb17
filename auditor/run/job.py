"""What one audit is asked to do: plain values, made of settings and the command line by whoever calls it."""

from datetime import date
from pathlib import Path

import msgspec

from auditor.packs.rules import Place
from auditor.run.record import Needs


class Job(msgspec.Struct, frozen=True):
    """An audit of the tree at `root`. Paths in `only` are relative to it; none means all of it."""

    root: Path
    rules: tuple[Place, ...]
    today: date
    only: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    max_file_kib: int = 2048
    cache: Path | None = None
    workers: int = 1
    kinds: tuple[tuple[str, str], ...] = ()
    """Pairs of a `.gitignore`-like pattern and the kind (`source`, `test` …) that the settings give such files."""
    boundaries: tuple[str, ...] = ()
    """Dotted names of functions whose broad handlers are meant."""
    path_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Pairs of a pattern and the rules or packs that are not wanted there."""
    severities: tuple[tuple[str, str], ...] = ()
    """Pairs of a rule's id and the severity that the settings give it."""
    before: tuple[tuple[str, str, str], ...] = ()
    """Routes that clients rely on: path, method, file of the handler."""
    knowledge: tuple[Path, ...] = ()
    """Files that say what libraries mean, besides the shipped ones."""
    hot: tuple[str, ...] = ()
    """Patterns of the entry points that must stay fast."""
    whole: bool = True
    """Whether rules about the whole project run; a check of single files can not judge it."""
    needs: Needs = Needs()
    """What rules and promises ask of the project; figures that need more are not taken."""
    figures: bool = True
    """Whether measures of the code are taken; who asks about its dependencies alone needs none."""
