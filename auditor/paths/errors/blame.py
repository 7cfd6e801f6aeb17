"""Whether a `raise` tells what happened, or tells whoever wrote the calling code, or set the program up, of a mistake."""

import builtins
import re
from typing import NamedTuple

from auditor.facts.flow.events import Raise
from auditor.paths.calls.flags import Flags
from auditor.paths.calls.forms import STRINGS
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.calls.outside import Outside
from auditor.paths.names.symbol import Symbol
from auditor.paths.written.signature import Signature

MISUSE = frozenset(
    (
        "TypeError AttributeError AssertionError NotImplementedError NameError IndexError StopIteration "
        "django.core.exceptions.ImproperlyConfigured"
    ).split()
)
"""Types by which code tells its callers that they are wrong: only input from outside makes a failure of a request of them."""
HAPPEN = ("ConnectionError", "TimeoutError", "PermissionError", "Warning")
"""Python's own types, with those below them, that a program raises of what happens to it."""
STATES = ("Exception",)
"""Python's own types that are also raised of what the rows of a table say."""
MEANT = re.compile(
    r"Programm|ApiUsage|Misconfig|Configuration|Improperly|UnableToSerializ|NotConfigured|NotInitiali[sz]ed|NotRegistered|MissingContext|Misuse"
    r"|(?:Serializer|Class|Module|Plugin|Template|Field|Backend|Interpreter|Pipeline|Registry|Resolver)\w*(?:NotFound|NotExist|Error)"
    r"|Unknown\w*Type|Unsupported\w*Version|Unreachable"
    r"|Unexpected(?!\w*(?:Response|Answer|Reply|Status|Char|Token|Input|Format|Content|End|EOF))"
)
"""Words in the names of types that are about the program itself."""
CONFIGURES = re.compile(r"Config|Settings")
"""What a class that reads how the program is set up raises of it is nobody's input: `ConfigParser.getint`."""
CHECKS_CODE = re.compile(
    r"\b(?:issubclass|callable|hasattr|type|is_dataclass|isclass|isfunction|ismethod|iscoroutinefunction|signature)\(|(?<!\.)\b(?:kwargs|args)\b|__\w+__|\b(?:in_atomic_block|in_transaction)\b"
)
SAYS_CODE = re.compile(
    r"\btype\(|__class__|\b[Mm]ust (?:be (?:(?:an? )?(?:instance|subclass|callable)|marked|decorated)|call|pass)\b"
    r"|\binstance of\b|\binstalled\b|\bpip install\b"
)
"""What an error says of whoever wrote the call, or set the program up."""
INSTANCE = re.compile(r"\bisinstance\(\s*[\w.\[\]'\"]+\s*,\s*(?P<types>[^()]+|\([^()]*\))\)")
CHECKS_BY_NAME = re.compile(r"_?(?:assert|ensure_is|check_type|verify_is)_")
WORD = re.compile(r"(?<![\w.\])])[A-Za-z_]\w*(?:\.\w+)*")
SAYS = frozenset("not and or in is None True False if else len any all bool str int lambda for".split())
SET_UP = re.compile(r"settings|config|conf|env|environ|current_app|\w*_settings|\w*debug\w*")
ABSENT = re.compile(r"\A\s*not [\w.]+\s*\Z|\A\s*[\w.]+ is None\s*\Z")
OR_ABSENT = re.compile(r"\bis None\b|\bnot [\w.]+\s+or\b")
"""A row that may be missing, or is there and something else is wrong with it: whoever asks for it, it may be gone."""
COUNTS = re.compile(r"\.(?:objects|query|session|filter(?:_by)?(?:\(\))?)\b.*\.(?:count|exists)\(\)")
"""How many rows of a table there are, or whether there are any."""
ANSWERS = re.compile(r"\b(?:resp|response|reply)\b|\bstatus(?:_code)?\b|\breturncode\b")
NOTHING = Signature((), {}, {}, "")
WIDELY = 6
"""A function with more callers than this is a helper of all, and such a type there tells of a wrong call."""


class Reason(NamedTuple):
    """What has to come from outside, and how closely, for a raise to be met; no text where nothing has to."""

    text: str = ""
    mode: str = ""
    """As `Outside` names them; `flag`, `always`, `answer` and `state` say what it depends on instead."""
    flags: tuple[str, ...] = ()
    """What a caller has to give for parameters, as `Flags` writes it."""


class Blame:
    """Answers for one graph."""

    def __init__(self, graph: Graph, outside: Outside, flags: Flags) -> None:
        self.graph = graph
        self.outside = outside
        self.flags = flags

    def happens(self, node: Node, raised: Raise, name: str) -> Reason | None:
        """What decides whether a raise of a type, by its canonical name, is met while requests are served as they should be;
        None where it never is, as where it asks for a parameter that only the code itself gives: `_locked=True`.
        """
        condition = raised.condition
        if CONFIGURES.search(name) and CONFIGURES.search(self.graph.name(node).rpartition(".")[0]):
            return None
        if MEANT.search(name) or SAYS_CODE.search(raised.args) or (condition and self._is_set_up(node, raised)):
            return None
        defaults = self._signature(node).defaults
        if any(name[:1] == "_" and name in defaults for name in self._names(condition)):
            return None
        flags = self.flags.at(node, raised.line) if defaults else ()
        first = condition.partition(" and ")[0]
        if first != condition and first in defaults and first not in flags:
            flags = (*flags, first)
        if condition in defaults:
            return Reason("", "flag", flags)
        found = self._reason(node, raised, name)
        return found._replace(flags=flags) if found is not None else None

    def _reason(self, node: Node, raised: Raise, name: str) -> Reason | None:
        condition = raised.condition
        code = self._checks_code(condition) or self._made_of_code(node, raised)
        if is_native(name) and self._asserts(node):
            return None
        mode = "told" if ABSENT.search(condition) or not is_native(name) else "given"
        if condition and not code and self.outside.tells(node, raised.scope, condition, mode):
            if name in MISUSE and self.outside.missing(node, raised.scope, condition) is None:
                return None
            answers = any(ANSWERS.search(one) for one in self._names(condition)) or OR_ABSENT.search(condition)
            asked = (is_native(name) or ABSENT.search(condition) or not answers) and not self._is_state(node, raised)
            return Reason(condition if asked else "", mode)
        if name in MISUSE or code:
            return None
        if not is_native(name):
            return None if self._is_left_out(node, raised) else Reason("", self._how(node, raised))
        if self._how(node, raised) == "answer":
            return Reason("", "answer")
        if self._stands_for(node, raised):
            return Reason("", "always")
        state = name in STATES and self._is_state(node, raised)
        return Reason() if state or self._left_over(node, raised) else None

    def _how(self, node: Node, raised: Raise) -> str:
        """What kind of thing a raise of the project's own type tells: an error that is passed on, an answer of another
        machine, what rows say; empty where nobody can say.
        """
        if not raised.condition:
            return "always"
        table = self.graph.symbols.table(node.path)
        for name in self._names(raised.condition):
            root = name.partition(".")[0]
            if ANSWERS.search(name):
                return "answer"
            for assign in table.assigns.get((raised.scope, root), ()):
                names = (edge.name for edge in self.graph.edges(node) if edge.call.start == assign.start)
                effects = (self.graph.knowledge.effect(one) for one in names if one)
                if any(effect is not None and effect.kind in ("external", "process") for effect in effects):
                    return "answer"
        return "state" if self._says_rows(node, raised) else ""

    def _stands_for(self, node: Node, raised: Raise) -> bool:
        """Whether an error takes the place of another that a handler caught, of the project's own or a library's type."""
        if raised.condition:
            return False
        types = (
            text
            for guard in self.graph.flows[node.path].guards
            for handler in guard.handlers
            if handler.line <= raised.line <= handler.last
            for text in handler.types
        )
        found = (self.graph.symbols.chain(node.path, raised.scope, text) for text in types if not hasattr(builtins, text))
        return any(one is not None and one.kind in ("class", "external") for one in found)

    def _signature(self, node: Node) -> Signature:
        return self.graph.symbols.signature(Symbol("function", *node)) if node.scope >= 0 else NOTHING

    def _checks_code(self, condition: str) -> bool:
        if CHECKS_CODE.search(condition):
            return True
        types = (kind for match in INSTANCE.finditer(condition) for kind in re.findall(r"\w+", match["types"]))
        return any(not isinstance(getattr(builtins, kind, None), type) for kind in types)

    def _made_of_code(self, node: Node, raised: Raise) -> bool:
        """Whether a condition asks for what was found by the type of something: `KINDS.get(type(value))`."""
        table = self.graph.symbols.table(node.path)
        assigns = [one for name in self._names(raised.condition) for one in table.assigns.get((raised.scope, name), ())]
        return any(CHECKS_CODE.search(call.args) for one in assigns for call in table.at.get(one.start, ()))

    def _names(self, condition: str) -> list[str]:
        return [name for name in WORD.findall(STRINGS.sub("", condition)) if name not in SAYS]

    def _is_set_up(self, node: Node, raised: Raise) -> bool:
        """Whether a condition asks nothing but how the program is set up: constants, settings, what the module keeps."""
        names = self._names(raised.condition)
        table = self.graph.symbols.table(node.path)
        for name in names:
            root, _, _ = name.partition(".")
            if any(SET_UP.fullmatch(part) for part in name.split(".")) or name.rpartition(".")[2].isupper():
                continue
            assigns = table.assigns.get((raised.scope, root), ())
            if assigns and all(any(SET_UP.fullmatch(part) for part in re.findall(r"\w+", one.value)) for one in assigns):
                continue
            local = bool(assigns) or (raised.scope, root) in table.loops
            if local or (root not in table.imports and (-1, root) not in table.assigns):
                return False
            if root in table.imports:
                return False
        return bool(names)

    def _is_left_out(self, node: Node, raised: Raise) -> bool:
        """Whether a condition asks only for an argument that a caller may leave out."""
        match = re.fullmatch(r"not (\w+)|(\w+) is None", raised.condition.strip())
        if not match:
            return False
        return (match[1] or match[2]) in self._signature(node).defaults

    def _is_state(self, node: Node, raised: Raise) -> bool:
        """Whether a condition asks what the rows of a table say, or a helper of few refuses what it is given."""
        if not raised.condition or self._asserts(node):
            return False
        return len(self.graph.callers.get(node, ())) <= WIDELY and self._says_rows(node, raised)

    def _asserts(self, node: Node) -> bool:
        """Whether a helper by its name says that its callers know better."""
        return CHECKS_BY_NAME.match(self.graph.name(node).rpartition(".")[2]) is not None

    def _says_rows(self, node: Node, raised: Raise) -> bool:
        symbols = self.graph.symbols
        for name in self._names(raised.condition):
            root, dot, _ = name.partition(".")
            found = symbols.chain(node.path, raised.scope, root)
            if found is not None and found.kind in ("instance", "many", "query") and symbols.classes.is_model(found):
                return bool(dot) or found.kind != "instance"
            if not dot and self._counts_rows(node, raised.scope, name):
                return True
        return COUNTS.search(raised.condition) is not None

    def _counts_rows(self, node: Node, scope: int, name: str) -> bool:
        """Whether a name is how many rows there are, or whether there are any."""
        assigns = self.graph.symbols.table(node.path).assigns.get((scope, name), ())
        return any(COUNTS.search(one.value) for one in assigns)

    def _left_over(self, node: Node, raised: Raise) -> bool:
        """Whether a raise without a condition is what is left for input that no branch before it took."""
        if raised.condition:
            return False
        named = {*self._names(raised.args), *re.findall(r"\{(\w+)", raised.args)}
        names = (name for name in self._signature(node).names if name not in ("self", "cls") and (not named or name in named))
        return any(self.outside.missing(node, raised.scope, name) is not None for name in names)


def is_native(name: str) -> bool:
    """Whether a type is Python's own, and no kind of those that happen to a program."""
    kind = getattr(builtins, name, None)
    if not isinstance(kind, type) or not issubclass(kind, Exception):
        return False
    return not any(issubclass(kind, getattr(builtins, other)) for other in HAPPEN)
