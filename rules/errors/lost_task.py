"""Work that was started and whose failure nobody will ever see."""

import re
from collections.abc import Iterator

import libcst as cst

from auditor.rule import Confidence, Finding, NodeRule, Region, Severity
from auditor.rule.asked import is_blind, is_dropped, is_gone_through, is_statement, joined, unseen, waits_for_the_end
from auditor.rule.bindings import made_by
from auditor.rule.names import dotted, last_name, owner_name
from auditor.rule.outcome import outcomes
from auditor.rule.target import handles_everything, is_cancelled, name_of, target
from auditor.rule.uses import Flow

BOOK = outcomes()
_EVENT = re.compile(r"(?i)(?:event|flag|cond|condition|barrier|stopping|stopped|shutdown|closing|closed|ready)$")
EVENTS = frozenset(f"{module}.{kind}" for module in ("asyncio", "threading") for kind in ("Event", "Condition", "Barrier"))
TIDYING = frozenset("shutdown stop close aclose terminate kill unlink remove rmtree rmdir".split())
BESIDE = re.compile(r"(?i)browser|(?:^|_)(?:cancel|stop|shutdown|kill)$")
"""Names of what shows a page to a person, or ends something: nobody misses the work of it."""
PASSING = frozenset(
    "wait as_completed list tuple set sorted reversed enumerate zip iter values items keys dict ensure_future".split()
)
"""Functions that give back the tasks they are given, some of them after waiting."""
WAITING = PASSING | {"wait_for", "shield", "run_until_complete"}
POOLS = frozenset(maker.partition(".")[0] for maker in BOOK.pools.makers)


class LostTask(NodeRule[cst.Call]):
    """
    A task, a future or a thread fails where nobody stands. Its error waits to
    be asked for, and if no one asks, the work is simply missing. Keep it and
    ask for its result, give it a callback that does, or use a task group.
    """

    title = "background work whose failure nobody sees"
    severity = Severity.MEDIUM
    cwe = (391, 755)
    reach = "function"
    calls = (
        *BOOK.tasks.calls,
        *BOOK.tasks.gather,
        *BOOK.threads.makers,
        *BOOK.threads.starters,
        *(f".{name}" for name in (*BOOK.tasks.loop_methods, *BOOK.pools.submits, *BOOK.pools.async_submits)),
        *(f".{name}" for name in BOOK.pools.maps),
    )
    bad = [
        """
        import asyncio

        async def order(cart):
            asyncio.create_task(send_receipt(cart))  # <-
        """,
        """
        from concurrent.futures import ThreadPoolExecutor

        def export(rows):
            with ThreadPoolExecutor() as workers:
                for row in rows:
                    workers.submit(write, row)  # <-
        """,
        """
        import threading

        def notify(user):
            def send():
                mail(user, "welcome")
            threading.Thread(target=send, daemon=True).start()  # <-
        """,
        """
        import asyncio

        async def refresh(feeds):
            await asyncio.gather(*(feed.pull() for feed in feeds), return_exceptions=True)  # <-
        """,
        """
        import asyncio

        running = set()

        def spawn(work):
            task = asyncio.get_running_loop().create_task(work())  # <-
            running.add(task)
            task.add_done_callback(running.discard)
        """,
        "import asyncio\n\nasync def warm(cache):\n    task = asyncio.create_task(cache.fill())  # <-\n"
        "    task.add_done_callback(lambda done: None)\n",
        """
        import asyncio as aio

        async def crawl(pages):
            tasks = []
            for page in pages:
                tasks.append(aio.ensure_future(page.load()))  # <-
            await aio.wait(tasks)
        """,
        """
        from concurrent import futures

        def resize(images):
            pool = futures.ProcessPoolExecutor(4)
            jobs = {pool.submit(shrink, image): image for image in images}  # <-
            for job in futures.as_completed(jobs):
                print("done", jobs[job])
        """,
    ]
    good = [
        """
        import asyncio

        async def order(cart):
            receipt = asyncio.create_task(send_receipt(cart))
            await store(cart)
            await asyncio.shield(receipt)
        """,
        "import asyncio\n\nasync def refresh(feeds):\n    async with asyncio.TaskGroup() as group:\n"
        "        for feed in feeds:\n            group.create_task(feed.pull())\n",
        "import asyncio\n\nclass Poller:\n    def start(self):\n        self.task = asyncio.create_task(self.poll())\n",
        """
        import asyncio

        async def both(one, two):
            first = asyncio.create_task(one())
            second = asyncio.create_task(two())
            tasks = (first, second)
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            done = [task for task in tasks if task.done()]
            for task in done:
                if task.exception() is not None:
                    raise task.exception()
        """,
        """
        import asyncio
        def spawn(work):
            asyncio.create_task(work()).add_done_callback(log_failure)
        """,
        """
        import asyncio

        async def refresh(feeds):
            results = await asyncio.gather(*(feed.pull() for feed in feeds), return_exceptions=True)
            return [result for result in results if not isinstance(result, BaseException)]
        """,
        """
        import asyncio
        async def stop(tasks):
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            asyncio.get_event_loop().run_until_complete(asyncio.gather(one(), two()))
        """,
        """
        from concurrent.futures import ThreadPoolExecutor, as_completed

        def export(rows):
            with ThreadPoolExecutor() as pool:
                jobs = [pool.submit(write, row) for row in rows]
                for job in as_completed(jobs):
                    job.result()
        """,
        "from concurrent.futures import wait\n\ndef export(pool, rows):\n    jobs = [pool.submit(write, row) for row in rows]\n"
        "    for job in wait(jobs, timeout=60).done:\n        job.result()\n",
        """
        def send(request, form):
            form.submit(request)
            resize_image.apply_async(args=[form.image])
            list(map(str, form.errors))
        """,
        "def run(pool, jobs):\n    for job in jobs:\n        pool.apply_async(job)\n    joinall(set(pool))\n",
        """
        import asyncio

        async def either(self, queue):
            loaded = asyncio.Event()
            stopping = asyncio.ensure_future(loaded.wait())
            reading = asyncio.ensure_future(queue.get())
            await asyncio.wait([stopping, reading])
            stopping.cancel()
            return await reading
        """,
        """
        import threading

        def work(queue):
            while True:
                try:
                    queue.get().run()
                except Exception:
                    log.exception("a job failed")

        def serve(queue):
            threading.Thread(target=work, args=(queue,), daemon=True).start()
        """,
    ]

    def check(self, node: cst.Call, region: Region) -> Iterator[Finding]:
        name = region.name(node.func)
        if name in BOOK.tasks.gather:
            yield from self._gathered(node, region)
        elif name in BOOK.threads.makers or name in BOOK.threads.starters:
            yield from self._thread(node, region)
        elif name in BOOK.tasks.calls or _on_loop(node):
            yield from self._waiting(node, region, "task", "warns at best when the task is thrown away")
        elif _on_pool(node, region) and (last_name(node) not in BOOK.pools.maps or is_statement(node, region)):
            yield from self._waiting(node, region, "job", "keeps the error in a future that nobody asks")

    def _gathered(self, call: cst.Call, region: Region) -> Iterator[Finding]:
        keeps = any(
            arg.keyword is not None
            and arg.keyword.value == "return_exceptions"
            and not (isinstance(arg.value, cst.Name) and arg.value.value == "False")
            for arg in call.args
        )
        uses = Flow(region, WAITING, awaits=True).uses(call)
        calls = (up for up in _above(call, region) if isinstance(up, cst.Await | cst.Call))
        awaited = any(isinstance(up, cst.Await) or last_name(up) == "run_until_complete" for up in calls)
        if not (keeps or (not awaited and is_dropped(uses))) or any(not is_blind(use) for use in uses):
            return
        if is_cancelled(call, region):
            return
        yield self.finding(
            region.location(call),
            "`gather` is told to return errors instead of raising them, and nobody looks at what it returns: "
            "whatever failed in it is never known",
            confidence=Confidence.LOW if waits_for_the_end(call, region) else Confidence.HIGH,
        )

    def _thread(self, call: cst.Call, region: Region) -> Iterator[Finding]:
        job = target(call)
        name = name_of(job)
        uses = Flow(region, PASSING).uses(call)
        if name in BOOK.threads.safe_targets or not unseen(uses, region) or handles_everything(job, region):
            return
        if "excepthook" in region.sheet.source.decode("utf-8", "replace"):
            return
        started = any(use.name == "start" for use in uses) or region.name(call.func) in BOOK.threads.starters
        if started:
            yield self.finding(
                region.location(call),
                f"an error in this thread{f' (`{name}`)' if name else ''} ends it with a line on the standard error "
                "output: no caller and no log learns that its work is missing",
                confidence=Confidence.LOW
                if not name or name in TIDYING or BESIDE.search(name) or joined(uses)
                else Confidence.MEDIUM,
            )

    def _waiting(self, call: cst.Call, region: Region, what: str, fate: str) -> Iterator[Finding]:
        if any(arg.keyword is not None and arg.keyword.value == "error_callback" for arg in call.args):
            return
        flow = Flow(region, PASSING)
        uses = flow.uses(call)
        given = call.args[0].value if call.args else None
        if last_name(call) == "ensure_future" and isinstance(given, cst.Name):
            uses += [use for use in flow.named(given) if use.name != "ensure_future"]
        safe = handles_everything(target(call), region) or name_of(target(call)) in TIDYING
        if unseen(uses, region) and not _cannot_fail(target(call), region):
            yield self.finding(
                region.location(call),
                f"an error in this {what} is never seen: nobody asks for its result, and Python {fate}",
                confidence=Confidence.LOW if safe else Confidence.HIGH,
            )


def _cannot_fail(job: cst.CSTNode | None, region: Region) -> bool:
    """Waiting for an event or a thread of the same program: all that can happen to it is to be cancelled."""
    if not isinstance(job, cst.Attribute):
        return False
    if job.attr.value == "wait":
        return _EVENT.search(dotted(job.value)) is not None or bool(made_by(job.value, region, EVENTS))
    return job.attr.value == "join" and re.search(r"(?i)thread|process|proc$", dotted(job.value)) is not None


def _above(node: cst.CSTNode, region: Region) -> Iterator[cst.CSTNode]:
    up = region.parents.get(node)
    while up is not None and not isinstance(up, cst.BaseSmallStatement | cst.BaseCompoundStatement):
        yield up
        up = region.parents.get(up)


def _on_loop(call: cst.Call) -> bool:
    owner = owner_name(call).rpartition(".")[2]
    return last_name(call) in BOOK.tasks.loop_methods and re.search(BOOK.tasks.loops, owner) is not None


def _on_pool(call: cst.Call, region: Region) -> bool:
    if not isinstance(call.func, cst.Attribute):
        return False
    maker = made_by(call.func.value, region, frozenset(BOOK.pools.makers))
    if maker:
        return last_name(call) not in BOOK.pools.maps or maker.endswith("Executor")
    owner = owner_name(call).rpartition(".")
    known = owner[0] not in ("self", "cls") or any(entry.target.partition(".")[0] in POOLS for entry in region.file.imports)
    if not known or last_name(call) in BOOK.pools.maps or re.search(BOOK.pools.like, owner[2]) is None:
        return False
    return not is_gone_through(call.func.value, region)
