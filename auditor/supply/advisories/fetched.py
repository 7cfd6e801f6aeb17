"""Advisories that pip-audit named, fetched as whole documents: their CVSS vectors are what it does not tell."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

from auditor.supply.advisories.document import Broken, Document, decode
from auditor.supply.network.line import Budget, Silent, get, session

AT_ONCE = 8
MOST_ALIASES = 4


def fetched(names: Iterable[str], url: str, budget: Budget, cache: Path | None) -> tuple[dict[str, Document], str]:
    """Documents by id, their aliases' among them where they hold no vector themselves; and why some are missing, or empty.

    `url` is the service's list of advisories, without the last `/`.
    """
    line = session(cache)
    found: dict[str, Document] = {}
    problem = ""

    def one(name: str) -> Document | str:
        try:
            return decode(get(line, f"{url}/{quote(name, safe='')}", budget))
        except (Silent, Broken) as error:
            return str(error)

    waiting = sorted(set(names))
    with line, ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in range(2):
            answers = list(zip(waiting, pool.map(one, waiting), strict=True))
            problem = next((answer for _, answer in answers if isinstance(answer, str)), problem)
            new = {name: answer for name, answer in answers if isinstance(answer, Document)}
            found |= new
            bare = [document for document in new.values() if not document.vectors]
            waiting = sorted({alias for document in bare for alias in document.aliases[:MOST_ALIASES]} - set(found))
    return found, problem
