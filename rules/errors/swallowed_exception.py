"""Errors of which nothing becomes."""

from collections.abc import Iterator

import libcst as cst

from auditor.rule import Finding, NodeRule, Region, Severity, below
from auditor.rule.failures import EXTERNAL, LAST_NAMES
from auditor.rule.handler import BROAD, Fate, caught, fate

TYPES = "|".join(sorted(LAST_NAMES | (BROAD - {""})))
LEAVES = (cst.FunctionDef, cst.ClassDef, cst.Lambda)
LOOPS = (*LEAVES, cst.For, cst.While)


class SwallowedException(NodeRule[cst.ExceptHandler | cst.ExceptStarHandler | cst.Call | cst.Finally]):
    """
    What went wrong is gone: no log line, no answer, no retry. The program goes on with a wrong or missing value, and
    whoever looks for the cause later finds nothing. Catch the type that is expected here, or say what happened.
    """

    title = "error swallowed in silence"
    severity = Severity.MEDIUM
    cwe = (390, 391)
    boundaries = True
    screen = (
        rf"except\b\s*\*?\s*(:|[^:]*\b({TYPES})\b)|(\w+\.)*suppress\s*\([^)]*\b({TYPES})\b"
        r"|finally\b(?s:.*?)\b(return|break|continue)\b"
    )
    bad = [
        "try:\n    pay()\nexcept:  # <-\n    pass\n",
        "for order in orders:\n    try:\n        pay(order)\n    except Exception:  # <-\n        continue\n",
        "def load():\n    try:\n        return fetch()\n    except (KeyError, Exception):  # <-\n        return None\n",
        "def save(db):\n    try:\n        db.commit()\n    except Exception:  # <-\n        db.rollback()\n        return False\n",
        "failed = 0\ntry:\n    pay()\nexcept Exception as error:  # <-\n    failed += 1\n",
        "import contextlib\nwith contextlib.suppress(Exception):  # <-\n    pay()\n",
        "from requests import RequestException\ntry:\n    send()\nexcept RequestException:  # <-\n    pass\n",
        "from sqlalchemy.exc import SQLAlchemyError as Broken\ntry:\n    query()\nexcept Broken:  # <-\n    rows = []\n",
        "def pay():\n    try:\n        charge()\n    finally:\n        return True  # <-\n",
        "try:\n    pay()\nexcept BaseException:  # <-\n    if late:\n        status = 'late'\n    else:\n        status = None\n",
    ]
    good = [
        "try:\n    value = row['x']\nexcept KeyError:\n    value = None\n",
        "try:\n    import ujson as json\nexcept ImportError:\n    import json\n",
        "try:\n    pay()\nexcept Exception:\n    logger.exception('payment failed')\n",
        "try:\n    pay()\nexcept Exception as error:\n    errors.append(error)\n",
        "try:\n    pay()\nexcept Exception:\n    raise\n",
        "def pay():\n    try:\n        return charge()\n    except Exception as error:\n        return Failure(error)\n",
        "def view(request):\n    try:\n        return pay()\n    except Exception:\n        return HttpResponse(status=500)\n",
        "import contextlib\nwith contextlib.suppress(FileNotFoundError):\n    path.unlink()\n",
        "def run():\n    try:\n        work()\n    finally:\n        def late():\n            return 1\n        close(late)\n",
        "def run():\n    try:\n        work()\n    finally:\n        for item in items:\n            if item:\n                break\n",
        "from app import Timeout\ntry:\n    pay()\nexcept Timeout:\n    pass\n",
        "try:\n    user = User.objects.get(pk=1)\nexcept User.DoesNotExist:\n    user = None\n",
    ]

    def check(self, node: cst.CSTNode, region: Region) -> Iterator[Finding]:
        if isinstance(node, cst.Finally):
            yield from self._finally(node, region)
        elif isinstance(node, cst.Call):
            yield from self._suppress(node, region)
        elif isinstance(node, cst.ExceptHandler | cst.ExceptStarHandler):
            types = caught(node, region)
            broad = [name for name in types if name in BROAD]
            external = [name for name in types if name in EXTERNAL]
            if (broad or external) and fate(node) is Fate.SWALLOWED:
                what = _shown(broad[0]) if broad else external[0]
                message = f"{what} is caught here and nothing becomes of it: no log, no answer, no retry"
                yield self.finding(region.location(node), message, facts={"boundary": "handler"})

    def _suppress(self, node: cst.Call, region: Region) -> Iterator[Finding]:
        names = [region.name(arg.value).removeprefix("builtins.") for arg in node.args]
        told = [name for name in names if name in ("Exception", "BaseException") or name in EXTERNAL]
        if told and region.name(node.func) == "contextlib.suppress":
            yield self.finding(region.location(node), f"suppress({told[0]}) lets every such error vanish without a trace")

    def _finally(self, node: cst.Finally, region: Region) -> Iterator[Finding]:
        for inner, in_loop in _jumps(node):
            if isinstance(inner, cst.Return) or not in_loop:
                word = type(inner).__name__.lower()
                message = f"`{word}` in `finally` throws away whatever error was on its way"
                yield self.finding(region.location(inner), message)


def _jumps(node: cst.Finally) -> Iterator[tuple[cst.CSTNode, bool]]:
    """The jumps of a block, with whether a loop of its own holds them; functions defined in it are their own."""
    outside = {id(part) for part in below(node, LOOPS)}
    for part in below(node, LEAVES):
        if isinstance(part, cst.Return | cst.Break | cst.Continue):
            yield part, id(part) not in outside


def _shown(name: str) -> str:
    return name or "every error, even Ctrl-C,"
