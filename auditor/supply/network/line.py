"""A line to the outside: sessions with timeouts, retries with backoff and an HTTP cache, and a total budget of time."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import requests

ANSWER_S = 10.0
"""The longest wait for one answer."""
TRIES = 3
BACKOFF_S = 0.3
"""Before the second try; doubled before each further one."""
BUSY = (429, 500, 502, 503, 504)
MAX_BYTES = 64 << 20


class Silent(Exception):
    """The other end gave no answer that can be used; the message is the reason for the report."""


class Budget:
    """A number of seconds that all questions of one audit share, by the clock."""

    def __init__(self, limit_s: float) -> None:
        self.limit_s = limit_s
        self._ends = time.monotonic() + limit_s

    @property
    def left_s(self) -> float:
        """What is left, never below 0."""
        return max(0.0, self._ends - time.monotonic())

    def wait_s(self) -> float:
        """How long one answer may take. Raises Silent where the budget is spent."""
        left = self.left_s
        if left <= 0:
            raise Silent(f"the budget of {self.limit_s:g} s was spent (setting supply.budget_s)")
        return min(ANSWER_S, left)


def session(cache: Path | None) -> "requests.Session":
    """A session that tries again where the other end is busy, and keeps answers in `cache` as long as they say."""
    import requests
    from cachecontrol import CacheControlAdapter
    from cachecontrol.caches import SeparateBodyFileCache
    from requests.adapters import HTTPAdapter
    from urllib3.util import Retry

    tries = Retry(
        total=TRIES - 1, backoff_factor=BACKOFF_S, status_forcelist=BUSY, allowed_methods=("GET",), raise_on_status=False
    )
    made = requests.Session()
    adapter: HTTPAdapter = HTTPAdapter(max_retries=tries, pool_maxsize=16)
    if cache is not None:
        adapter = CacheControlAdapter(SeparateBodyFileCache(str(cache / "http")), max_retries=tries, pool_maxsize=16)
    made.mount("https://", adapter)
    made.mount("http://", adapter)
    return made


def get(line: "requests.Session", url: str, budget: Budget, accept: str = "application/json") -> bytes:
    """The body of an answer. Raises Silent for every other end than a good one."""
    import requests

    try:
        with line.get(url, timeout=budget.wait_s(), headers={"Accept": accept}, stream=True) as answer:
            if answer.status_code != 200:
                raise Silent(f"{_host(url)} answered {answer.status_code}")
            return _body(answer, budget)
    except (requests.RequestException, OSError, ValueError) as error:
        raise Silent(f"{_host(url)} did not answer: {type(error).__name__}") from error


def _body(answer: "requests.Response", budget: Budget) -> bytes:
    parts, size = [], 0
    for part in answer.iter_content(1 << 16):
        budget.wait_s()
        size += len(part)
        if size > MAX_BYTES:
            raise Silent(f"{_host(answer.url)} answered with more than {MAX_BYTES >> 20} MiB")
        parts.append(part)
    return b"".join(parts)


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].rpartition("@")[2]
