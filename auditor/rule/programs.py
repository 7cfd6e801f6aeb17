"""Programs whose end says little: those for a person to look at, those that tidy up, and looks whether there is one."""

import re

import libcst as cst

from auditor.facts.order import preorder
from auditor.facts.region import Region

BY_HAND = re.compile(
    r"(?i)\b(?:get_)?(?:\w*_)?(?:edit|editor|viewer|pager|player|play|monitor|shell|browser)\b|xdg-open|\bless\b|\brm\b"
    r"|\b(?:npm|yarn|pnpm) (?:start|(?:run )?(?:dev|serve|watch|start))\b|\brunserver\b|\b(?:start|run)_\w*(?:worker|server)\b"
    r"|\w worker\b|\bg?unicorn\b|\buvicorn\b"
)
"""What a person looks at and ends, what runs until it is stopped, or what tidies up: its return code says little."""
MAY_FAIL = re.compile(
    r"(?i)\bignor\w+ (?:it |this |that |them )?(?:if|when|where|whether|(?:any |all |the |its )?(?:fail|error|exit|return)\w*)"
    r"|\bbest[- ]effort\b|\b(?:may|might|can|could|(?:allowed|okay|ok|fine) to) (?:\w+ )?fail\b|\b(?:ok|fine|harmless) if\b"
    r"|\bno matter (?:if|whether|how)\b|\b(?:do(?:es)?n'?t|do not|does not) (?:care|matter|mind) (?:if|whether|how)\b"
)
"""What a comment says of a program whose failure is expected."""
ABOVE = 3
VERSION = r"(?i)(?:^|\s)-{0,2}(?:v|version|h|help|\?)$"


def is_beside(call: cst.Call, region: Region) -> bool:
    """Whether the end of a program says little: a person's editor, a look whether it is there, the removal of a folder."""
    functions = [one.name for one in region.enclosing(call) if one.kind != "class"][-1:]
    said = [part.raw_value for arg in call.args[:1] for part in preorder(arg.value) if isinstance(part, cst.SimpleString)]
    by_hand = BY_HAND.search(" ".join([*functions, *said[:3]])) is not None
    may_fail = _runs_until_stopped(call, region) or _asks_whether_it_is_there(call, region) or _is_said_to_be_beside(call, region)
    return by_hand or may_fail


def _is_said_to_be_beside(call: cst.Call, region: Region) -> bool:
    """Whether a comment on the call, or shortly above it, says that it may fail: `# ignore if it fails`."""
    line = region.location(call).line
    return any(line - ABOVE <= comment.line <= line and MAY_FAIL.search(comment.text) for comment in region.file.comments)


def _runs_until_stopped(call: cst.Call, region: Region) -> bool:
    """Whether a program runs until somebody presses Ctrl-C, which is caught around it."""
    handlers = [one for node in region.around(call) if isinstance(node, cst.Try) for one in node.handlers]
    return any(isinstance(one.type, cst.Name) and one.type.value == "KeyboardInterrupt" for one in handlers)


def _asks_whether_it_is_there(call: cst.Call, region: Region) -> bool:
    """Whether a program is only run to see that there is one: asked for its version, in a `try` that catches its absence."""
    words = [part.raw_value for arg in call.args[:1] for part in preorder(arg.value) if isinstance(part, cst.SimpleString)]
    tries = [node for node in region.around(call) if isinstance(node, cst.Try)]
    return bool(tries) and (len(words) == 1 or re.search(VERSION, " ".join(words[1:])) is not None)
