"""The progress bar of an audit, for terminals only."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from auditor.run.audit import Progress


@contextmanager
def shown(stream: TextIO) -> Iterator[Progress]:
    """A bar on `stream` that goes away when the audit is done. It is drawn from the first file on, without threads: the
    workers are forked while it stands.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("Auditing"), BarColumn(), MofNCompleteColumn(), TextColumn("files"), TimeElapsedColumn())
    bar = Bar(*columns, console=Console(file=stream), transient=True, auto_refresh=False)
    task = bar.add_task("files", total=None)
    seen = 0

    def begin(total: int) -> None:
        bar.start()
        bar.update(task, total=total, refresh=True)

    def advance(step: int) -> None:
        nonlocal seen
        seen += step
        bar.update(task, advance=step, refresh=seen % 16 == 0)

    try:
        yield Progress(begin, advance)
    finally:
        bar.stop()
