"""The rules about the whole project, asked by two processes once the call graph stands: a fork has it for nothing."""

import gc
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from multiprocessing import connection, get_all_start_methods, get_context

import msgspec

from auditor.model.finding import Finding
from auditor.model.snapshot import Crashed
from auditor.paths.project import Project
from auditor.rule.api import ProjectRule
from auditor.rule.ask import ask, tried
from auditor.run.crew import uninterrupted

WORTH_FILES = 200
"""In fewer files the rules are done before another process stands."""
LAST = "duplication/"
"""Asked last, and here: their answers come from a worker."""
THERE = ("database/n-plus-one", "database/unbounded-query")
"""Asked by the other process: half of the work, and all that measures and the route table ask of it again can be sent."""


class _Answers(msgspec.Struct, frozen=True, array_like=True):
    findings: tuple[Finding, ...]
    crashed: tuple[Crashed, ...]
    asked: bytes
    """What the project asks its database; nothing where that could not be worked out."""


def answers(rules: Sequence[ProjectRule], project: Project, workers: int) -> list[Finding | Crashed]:
    """The answers of all rules, in no order."""
    backwards = sorted(rules, key=lambda rule: rule.id, reverse=True)  # the weightiest packs begin the alphabet
    waiting = deque(sorted(backwards, key=lambda rule: rule.id.startswith(LAST)))
    if workers < 2 or len(project.files) < WORTH_FILES or "fork" not in get_all_start_methods():
        return list(_asked(waiting, project))
    told: list[Finding | Crashed] = []
    while waiting and not project.has_graph and not waiting[0].id.startswith(LAST):
        told += _asked([waiting.popleft()], project)
    # Another thread may hold a lock that no fork would ever see released.
    if not project.has_graph or threading.active_count() > 1:
        return told + list(_asked(waiting, project))
    theirs = [rule for rule in waiting if rule.id.startswith(THERE)]
    ours = [rule for rule in waiting if rule not in theirs]
    if not theirs or all(rule.id.startswith(LAST) for rule in ours):
        return told + list(_asked(waiting, project))
    return told + _shared(ours, theirs, project)


def _asked(rules: Sequence[ProjectRule], project: Project) -> Iterator[Finding | Crashed]:
    for rule in rules:
        yield from ask(rule, partial(rule.check, project), "")


def _shared(ours: Sequence[ProjectRule], theirs: Sequence[ProjectRule], project: Project) -> list[Finding | Crashed]:
    """Some rules asked here, the others at the same time by a child; where it dies of them, they are asked here too."""
    # The worker that looks for copies is gone before another process comes; the rest both would work out. Where that
    # fails, each rule that asks for it says so.
    tried("what two processes share", lambda: _common(project))
    here, there = get_context("fork").Pipe(duplex=False)
    child = get_context("fork").Process(target=_labour, args=(there, theirs, project), daemon=True)
    with uninterrupted():
        child.start()
    there.close()
    try:
        told = list(_asked(ours, project))
        body = msgspec.msgpack.decode(here.recv_bytes(), type=_Answers)
        _take_over(project, body.asked)
        return [*told, *body.findings, *body.crashed]
    except EOFError:
        return [*told, *_asked(theirs, project)]
    finally:
        child.kill()
        child.join()
        here.close()


def _common(project: Project) -> None:
    """Works out what both halves ask for."""
    _ = (project.clone_groups, project.entries, project.graph.callers, project.graph.outside, project.requested)


def _labour(pipe: connection.Connection, rules: Sequence[ProjectRule], project: Project) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    gc.disable()
    told = list(_asked(rules, project))
    findings = tuple(one for one in told if isinstance(one, Finding))
    crashed = tuple(one for one in told if isinstance(one, Crashed))
    asked = tried("what is asked of the database", lambda: (project.repeated_queries, project.number_of_questions))
    with suppress(OSError):  # the parent may be gone
        known = b"" if isinstance(asked, Crashed) else msgspec.msgpack.encode(asked)
        pipe.send_bytes(msgspec.msgpack.encode(_Answers(findings, crashed, known)))


def _take_over(project: Project, asked: bytes) -> None:
    """Lets a project know by heart what the other process has worked out of the same code."""
    if asked:
        from auditor.paths.repeated.told import RepeatedQuery

        repeated, number = msgspec.msgpack.decode(asked, type=tuple[tuple[RepeatedQuery, ...], int])
        vars(project).update(repeated_queries=repeated, number_of_questions=number)
