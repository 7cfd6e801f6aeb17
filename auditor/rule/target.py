"""The function that a thread, a task or a pool is given, and whether it looks after its own errors."""

import re

import libcst as cst

from auditor.facts.region import Region
from auditor.facts.values import Definition
from auditor.rule.names import last_name

CATCH_ALL = re.compile(rb"(?m)^[ \t]*except[ \t]*(?::|[^:\n]*\b(?:Base)?Exception\b)")
WORDS = ("target", "function", "func", "fn")
SECOND = ("Timer", "run_in_executor", "Thread")
"""Calls whose first plain argument is something else."""


def target(call: cst.Call) -> cst.BaseExpression | None:
    """What the call is to run: `f` of `Thread(target=f)`, `submit(f, x)`, `create_task(f(x))`, `Timer(3, f)`.

    `partial(f, x)` and a context's `run` are looked through.
    """
    named = {arg.keyword.value: arg.value for arg in call.args if arg.keyword is not None}
    plain = [arg.value for arg in call.args if arg.keyword is None and not arg.star]
    place = 1 if last_name(call) in SECOND else 0
    job = next((named[word] for word in WORDS if word in named), plain[place] if len(plain) > place else None)
    if isinstance(job, cst.Call) and last_name(job) == "partial" and job.args:
        job = job.args[0].value
    elif isinstance(job, cst.Call):
        job = job.func
    if isinstance(job, cst.Attribute) and job.attr.value == "run":
        given = named.get("args")
        rest = [part.value for part in given.elements] if isinstance(given, cst.Tuple) else plain[place + 1 :]
        job = rest[0] if rest and isinstance(rest[0], cst.Name | cst.Attribute) else job
    return job


def name_of(job: cst.CSTNode | None) -> str:
    """The last name of the function that is to run, or an empty string."""
    return job.attr.value if isinstance(job, cst.Attribute) else job.value if isinstance(job, cst.Name) else ""


def handles_everything(job: cst.CSTNode | None, region: Region) -> bool:
    """Whether the function, where it is one of the same file, catches every error itself."""
    texts = function_texts(job, region)
    return bool(texts) and all(CATCH_ALL.search(text) for text in texts)


def function_texts(job: cst.CSTNode | None, region: Region) -> list[bytes]:
    """The source of the function that is to run, where it is one of the same file; of several so called, the nearest."""
    found = [one for one in region.file.definitions if one.name == name_of(job) and one.kind != "class"] if job else []
    if len(found) > 1 and job is not None:
        around = {one.qualname for one in region.enclosing(job)}
        near = [one for one in found if one.qualname.rpartition(".")[0] in around]
        found = [max(near, key=lambda one: one.qualname.count("."))] if near else found
    return [_text(one, region) for one in found]


def is_cancelled(call: cst.CSTNode, region: Region) -> bool:
    """Whether the function around a call cancels tasks before it: then it waits for their end, not for their results."""
    line = region.location(call).line
    around = [one for one in region.enclosing(call) if one.kind != "class"]
    if not around:
        return False
    sheet = region.sheet
    return b".cancel(" in sheet.source[sheet.starts[around[-1].line - 1] : sheet.starts[line - 1]]


def _text(definition: Definition, region: Region) -> bytes:
    starts = region.sheet.starts
    end = starts[definition.end_line] if definition.end_line < len(starts) else len(region.sheet.source)
    return region.sheet.source[starts[definition.line - 1] : end]
