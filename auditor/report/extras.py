"""Libraries that only some reports need: they come with an extra, and a report without them says how to get them."""

from collections.abc import Iterator
from contextlib import contextmanager

from auditor.model.errors import AuditorError


@contextmanager
def extra(what: str) -> Iterator[None]:
    """Around imports: a library that is missing becomes an AuditorError which names the extra. `what` needs it."""
    try:
        yield
    except ModuleNotFoundError as error:
        name = (error.name or "").partition(".")[0]
        raise AuditorError(f"{what} needs the library {name}", "in auditor's checkout: pip install '.[reports]'") from error
