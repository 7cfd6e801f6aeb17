"""A program's or a server's answer that nobody checked for failure."""

import re
from collections.abc import Iterator

import libcst as cst

from auditor.rule import Finding, NodeRule, Region, Severity
from auditor.rule.bindings import made_by
from auditor.rule.names import last_name, owner_name
from auditor.rule.outcome import outcomes
from auditor.rule.uses import Flow, Use, Way

BOOK = outcomes()
PASSING = frozenset(
    "closing wait_for shield enter_context enter_async_context run_until_complete run __enter__ __aenter__".split()
)
"""What gives back the answer that it is given, sooner or later."""
SESSION = re.compile(r"(?i)(^|[._])session$")
LOOKING = r"""\s*=(?!\s*(?:False\b|\{\s*["']request["']\s*:[^{}"']*\}))"""
"""After the word of a session that looks by itself; hooks for requests alone see no answer."""


def last_part(name: str) -> str:
    return name.rpartition(".")[2]


class UncheckedResult(NodeRule[cst.Call]):
    """
    A program that failed and a server that refused do not raise by
    themselves. Whoever does not look at the return code or the status works
    on with an error page. Say `check=True`, or `raise_for_status()`.
    """

    title = "outcome of a call not checked"
    severity = Severity.MEDIUM
    cwe = (252, 754)
    reach = "function"
    imports = tuple(sorted({name.partition(".")[0] for name in (*BOOK.processes.calls, *BOOK.http.modules, *BOOK.http.sessions)}))
    makers = tuple(sorted({last if last[0].isupper() else f"{last}(" for last in map(last_part, BOOK.http.sessions)}))
    screen = r"(?i)(?:[\w.]*[._])?session\.\w+$"
    calls = (*BOOK.processes.calls, *BOOK.http.calls, *(f".{name}" for name in BOOK.http.functions))
    bad = [
        """
        import subprocess

        def pack(folder):
            subprocess.run(["tar", "cf", "out.tar", folder])  # <-
        """,
        """
        from subprocess import run as execute

        def version():
            done = execute(["git", "describe"], capture_output=True)  # <-
            return done.stdout.decode()
        """,
        """
        import requests

        def rate(currency):
            answer = requests.get(f"https://rates.test/{currency}", timeout=3)  # <-
            return answer.json()["rate"]
        """,
        """
        import requests

        def hook(url, event):
            requests.post(url, json=event, timeout=3)  # <-
        """,
        """
        import httpx

        class Ledger:
            def __init__(self):
                self.client = httpx.AsyncClient(base_url="https://ledger.test")

            async def balance(self, account):
                return (await self.client.get(f"/{account}")).json()  # <-
        """,
        """
        import aiohttp

        async def page(url):
            async with aiohttp.ClientSession() as session:
                async with session.get(url) as answer:  # <-
                    return await answer.text()
        """,
        """
        import aiohttp
        from app.network import get_session

        async def page(url):
            session = await get_session()
            async with session.get(url, headers=AGENT) as answer:  # <-
                return await answer.text()
        """,
        """
        import requests

        def both(session: requests.Session):
            answer = session.get("https://one.test")
            answer.raise_for_status()
            one = answer.text
            answer = session.get("https://two.test")  # <-
            return one + answer.text
        """,
        'import httpx\nhttpx.Client(event_hooks={"request": [mark]})\nprint(httpx.Client().get("//two.test").json())  # <-\n',
    ]
    good = [
        "import subprocess\nsubprocess.run(['sync'], check=True)\n",
        "import subprocess\nsubprocess.run(['killall', 'old'], check=False)\n",
        """
        import subprocess

        def pack(folder, **options):
            subprocess.run(["tar", "cf", "out.tar", folder], **options)
            return subprocess.call(["gzip", "out.tar"])
        """,
        """
        import subprocess

        def is_clean():
            done = subprocess.run(["git", "diff", "--quiet"], capture_output=True)
            print(done.stderr)
            return done.returncode == 0
        """,
        """
        import requests

        def rate(currency):
            answer = requests.get(f"https://rates.test/{currency}", timeout=3)
            if answer.status_code != 200:
                raise NoRate(currency)
            return answer.json()["rate"]
        """,
        """
        import requests

        def fetch(url):
            with requests.Session() as session:
                return session.get(url, timeout=3)
        """,
        """
        import httpx

        async def page(url):
            async with httpx.AsyncClient() as client:
                answer = await client.get(url)
            data = answer.json()
            check(answer)
            return data
        """,
        """
        import aiohttp

        async def page(url):
            async with aiohttp.ClientSession(raise_for_status=True) as session:
                async with session.get(url) as answer:
                    return await answer.text()
        """,
        """
        import requests

        def options(settings, request):
            chosen = settings.get("colour")
            return request.session.get("cart").json()
        """,
        """
        import httpx
        from app.stores import get_session

        async def owner(key):
            session = await get_session()
            return (await session.get(Owner, key)).name
        """,
        """
        import httpx
        from app.network import client

        def page(url):
            return client.get(url, headers=AGENT).json()
        """,
        """
        import requests

        def pages(url):
            answer = requests.get(url, timeout=3)
            while True:
                answer.raise_for_status()
                data = answer.json()
                yield from data["rows"]
                answer = requests.get(data["next"], timeout=3)
        """,
        """
        import requests

        def update(url, domain):
            answer = requests.get(url, params={"domain": domain}, timeout=3)
            body = answer.text
            if body != "OK":
                log.warning("%s was not updated", domain)
        """,
        """
        import requests

        def alive(url):
            answer = requests.head(url, timeout=1)
            return "up" if answer else "down"
        """,
    ]

    def check(self, node: cst.Call, region: Region) -> Iterator[Finding]:
        name = region.name(node.func)
        if name in BOOK.processes.calls:
            yield from self._process(node, name, region)
        elif name in BOOK.http.calls or self._on_session(node, region):
            yield from self._request(node, region)

    def _process(self, call: cst.Call, name: str, region: Region) -> Iterator[Finding]:
        if any(arg.star == "**" or (arg.keyword is not None and arg.keyword.value == "check") for arg in call.args):
            return
        uses = Flow(region, PASSING, ordered=True).uses(call)
        plain = name.endswith(".call")
        if not any(_reads_code(use, plain) for use in uses):
            yield self.finding(
                region.location(call),
                "nobody looks at how this program ended: if it fails, what comes after goes on as if it had done its work",
            )

    def _request(self, call: cst.Call, region: Region) -> Iterator[Finding]:
        if any(arg.keyword is not None and arg.keyword.value == "raise_for_status" for arg in call.args):
            return
        uses = Flow(region, PASSING, awaits=True, ordered=True).uses(call)
        dropped = all(use.way is Way.DROPPED for use in uses)
        if any(_looks(use) for use in uses) or not (dropped or any(_reads_body(use) for use in uses)):
            return
        if any(_is_compared(use, region) for use in uses):
            return
        if dropped:
            text = "the answer is thrown away: if the server refuses, nobody learns that the request had no effect"
        else:
            text = "the body is used whatever the status: an error page of the server is taken for the data"
        yield self.finding(region.location(call), text)

    def _on_session(self, call: cst.Call, region: Region) -> bool:
        if not isinstance(call.func, cst.Attribute) or last_name(call) not in BOOK.http.functions:
            return False
        if not made_by(call.func.value, region, frozenset(BOOK.http.sessions)) and not _looks_like_request(call, region):
            return False
        words = "|".join(BOOK.http.looked_by_session)
        return not re.search(rf"\b(?:{words}){LOOKING}", region.sheet.source.decode("utf-8", "replace"))


def _looks_like_request(call: cst.Call, region: Region) -> bool:
    """Whether a call on a session made elsewhere is a request: entered with `with`, and given what requests are given.

    A plain call is left alone, as many projects have clients of their own that raise.
    """
    words = {arg.keyword.value for arg in call.args if arg.keyword is not None}
    entered = isinstance(region.parents.get(call), cst.WithItem)
    return entered and SESSION.search(owner_name(call)) is not None and not words.isdisjoint(BOOK.http.words)


def _reads_code(use: Use, plain: bool) -> bool:
    """Whether a use of a finished process may see its return code; `plain` says that the value is the code itself."""
    if use.way in (Way.ATTRIBUTE, Way.METHOD):
        return use.name in BOOK.processes.looks
    if use.way in (Way.TESTED, Way.COMPARED):
        return plain
    return use.way is not Way.DROPPED


def _looks(use: Use) -> bool:
    """Whether a use of a response may see its status."""
    if use.way in (Way.ATTRIBUTE, Way.METHOD):
        return use.name in BOOK.http.looks
    return use.way not in (Way.DROPPED, Way.COMPARED, Way.ITERATED)


def _reads_body(use: Use) -> bool:
    """Whether a use takes the body for data. Whoever reads only the head may well know from it what became of it."""
    heads = ("headers", "url", "cookies", "history", "elapsed", "encoding", "close", "links")
    return use.way is Way.ITERATED or (use.way in (Way.ATTRIBUTE, Way.METHOD) and use.name not in heads)


def _is_compared(use: Use, region: Region) -> bool:
    """Whether the body as a whole is compared with a text, or looked through for one: `body != "OK"`, `"error" in body`."""
    call = region.parents.get(use.node) if use.way is Way.METHOD else use.node
    if use.way not in (Way.METHOD, Way.ATTRIBUTE) or call is None:
        return False
    found = Flow(region, awaits=True, ordered=True).uses(call)
    return any(one.way is Way.COMPARED and _with_text(one.node, region) for one in found)


def _with_text(node: cst.CSTNode, region: Region) -> bool:
    whole = region.parents.get(node) if isinstance(node, cst.ComparisonTarget) else node
    if not isinstance(whole, cst.Comparison):
        return False
    sides = [whole.left, *(one.comparator for one in whole.comparisons)]
    return any(isinstance(side, cst.SimpleString) for side in sides) and not any(isinstance(s, cst.Subscript) for s in sides)
