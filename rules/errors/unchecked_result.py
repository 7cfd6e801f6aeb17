"""A program's or a server's answer that nobody checked for failure."""

import re
from collections.abc import Iterator

import libcst as cst

from auditor.rule import Confidence, Finding, NodeRule, Region, Severity
from auditor.rule.answers import is_answer, is_compared, is_probe, reads_body, sees_status
from auditor.rule.handler import logs
from auditor.rule.names import dotted
from auditor.rule.outcome import outcomes
from auditor.rule.programs import is_beside
from auditor.rule.uses import Flow, Use, Way

BOOK = outcomes()
PASSING = frozenset(
    "closing wait_for shield enter_context enter_async_context run_until_complete run __enter__ __aenter__".split()
)
"""What gives back the answer that it is given, sooner or later."""
BESIDE = re.compile(
    r"(?i)internet|online|connectiv|analytics|telemetry|usage_?(?:stat|data|report|track)|phone_?home|anonymous_?(?:usage|stat)"
)
"""Names of what tells makers how their program is used, or asks whether anything answers: a refusal hurts nobody."""


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
    screen = (
        rf"(?i)(?:[\w.]*[._])?(?:session|client|http|api)\.(?:{'|'.join(BOOK.http.functions)})$"
        r"|self\._*(?:call|send|request|fetch|do|api|get|post|put|patch|delete|query|http|quick|perform|execute|make)\w*$"
        r"|_*(?:call|send|request|fetch|api|http|do|make)(?:_\w+)?$|_+(?:get|post|put|patch|delete)$"
    )
    calls = (*BOOK.processes.calls, *BOOK.http.calls, *(f".{name}" for name in BOOK.http.functions))
    bad = [
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
        "import requests\ndef hook(url, event):\n    requests.post(url, json=event, timeout=3)  # <-\n",
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
        """
        import requests

        class Fees:
            def _call(self, path):
                return requests.get(f"https://fees.test{path}", timeout=3)

            def open(self, member):
                return self._call(f"/{member}").json()["cents"]  # <-
        """,
        """
        import httpx
        from app.network import build_client

        client = build_client("https://customs.test")

        def declare(goods):
            answer = client.post("/declarations", json=goods)
            answer.raise_for_status()

        def tariff(code):
            return client.get(f"/tariffs/{code}").json()  # <-
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
        "import requests\ndef fetch(url):\n    with requests.Session() as session:\n        return session.get(url)\n",
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

        class Fees:
            def _call(self, path):
                answer = requests.get(f"https://fees.test{path}", timeout=3)
                answer.raise_for_status()
                return answer

            def open(self, member):
                return self._call(f"/{member}").json()
        """,
        """
        import requests
        def is_there(url):
            try:
                requests.get(url)
                return True
            except OSError:
                return False
        """,
        'from app.net import Session\nrequests = Session()\nprint(requests.get("//a.test").json())\n',
        'import requests\ndata = requests.get("//a.test").json()\nif data.get("error"):\n    raise Refused\nprint(data["sum"])\n',
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
        elif (name in BOOK.http.calls and dotted(node.func).partition(".")[0] in region.names) or is_answer(node, region):
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
                confidence=Confidence.LOW if is_beside(call, region) else Confidence.HIGH,
            )

    def _request(self, call: cst.Call, region: Region) -> Iterator[Finding]:
        if any(arg.keyword is not None and arg.keyword.value == "raise_for_status" for arg in call.args):
            return
        uses = Flow(region, PASSING, awaits=True, ordered=True).uses(call)
        dropped = all(use.way is Way.DROPPED for use in uses)
        if any(sees_status(use) for use in uses) or not (dropped or any(reads_body(use) for use in uses)):
            return
        if any(is_compared(use, region) for use in uses) or (dropped and is_probe(call, region)):
            return
        if dropped:
            text = "the answer is thrown away: if the server refuses, nobody learns that the request had no effect"
        else:
            text = "the body is used whatever the status: an error page of the server is taken for the data"
        beside = dropped and any(BESIDE.search(name) for name in _names_around(call, region))
        beside |= all(_is_logged(use, region) for use in uses if reads_body(use)) and not dropped
        yield self.finding(region.location(call), text, confidence=Confidence.LOW if beside else Confidence.HIGH)


def _names_around(call: cst.Call, region: Region) -> tuple[str, ...]:
    return (region.file.path, *(one.name for one in region.enclosing(call)))


def _is_logged(use: Use, region: Region) -> bool:
    """Whether a body only goes to a log, for people to read."""
    return any(isinstance(node, cst.Call) and logs(node) for node in region.around(use.node))


def _reads_code(use: Use, plain: bool) -> bool:
    """Whether a use of a finished process may see its return code; `plain` says that the value is the code itself."""
    if use.way in (Way.ATTRIBUTE, Way.METHOD):
        return use.name in BOOK.processes.looks
    if use.way in (Way.TESTED, Way.COMPARED):
        return plain
    return use.way is not Way.DROPPED
