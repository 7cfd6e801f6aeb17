"""The function that a thread, a task or a pool is given, and whether it looks after its own errors."""

import re

import libcst as cst

from auditor.facts.region import Region
from auditor.facts.values import Definition

CATCH_ALL = re.compile(rb"(?m)^[ \t]*except[ \t]*(?::|[^:\n]*\b(?:Base)?Exception\b)")
WORDS = ("target", "function", "func", "fn")


def target(call: cst.Call) -> cst.BaseExpression | None:
    """What the call is to run: `f` of `Thread(target=f)`, `submit(f, x)`, `create_task(f(x))`, `Timer(3, f)`."""
    for arg in call.args:
        if arg.keyword is not None and arg.keyword.value in WORDS:
            return arg.value
    plain = [arg.value for arg in call.args if arg.keyword is None and not arg.star]
    name = call.func.attr.value if isinstance(call.func, cst.Attribute) else getattr(call.func, "value", "")
    place = 1 if name in ("Timer", "run_in_executor", "Thread") else 0
    if len(plain) <= place:
        return None
    job = plain[place]
    return job.func if isinstance(job, cst.Call) else job


def handles_everything(job: cst.CSTNode | None, region: Region) -> bool:
    """Whether the function, where it is one of the same file, catches every error itself."""
    name = job.attr.value if isinstance(job, cst.Attribute) else job.value if isinstance(job, cst.Name) else ""
    found = [one for one in region.file.definitions if one.name == name and one.kind != "class"] if name else []
    return bool(found) and all(CATCH_ALL.search(_text(one, region)) for one in found)


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
