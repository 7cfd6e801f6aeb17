"""Which loops go through many elements, and which only through a few, through batches or until the first hit."""

import re
from enum import Enum

from auditor.facts.flow.events import Loop
from auditor.facts.flow.loops import TEXT_LIMIT, variables
from auditor.knowledge.orm import orm
from auditor.paths.calls.graph import Graph
from auditor.paths.names.symbol import Symbol
from auditor.paths.names.turns import seen_by
from auditor.paths.queries.question import Question
from auditor.paths.written.arguments import split
from auditor.paths.written.steps import last_name, steps

FEW = 10
MOST = 40
"""So much that a name is given is looked at."""
BATCH = re.compile(
    r"(?:^|_|\b)(chunk|batch|portion|page|partition|slice|group_by_size|grouper|window|split_every|block|segment)(?:e?s|e?d)?(?:_|\b|\()",
    re.I,
)
MONTHS = 12
"""A range that is written out may go through the months of a year."""
RANGE = re.compile(r"range\(\s*(?:(\d+)\s*,\s*)?(\d+)\s*\)\Z")
TRIES = re.compile(r"range\(\s*(?:\d+\s*,\s*)?(?:\w+\.)*_?[A-Z][A-Z0-9_]*(?:\s*\+\s*1)?\s*\)\Z")
"""`range(MAX_RETRIES)`: so often as a constant says."""
TRY = re.compile(r"_?(?:attempt|retry|try_?(?:no|number|count)?|trial)(?:_\w+)?\Z")
IN_BATCHES = (".limit", ".fetchmany", ".partitions")
SLICED = re.compile(r"(?:\[\s*0?\s*:|\.limit\()\s*(?:(\d+)|(?:\w+\.)*_?[A-Z][A-Z0-9_]+)\s*[\])]\Z")
STRIDE = re.compile(r"range\([^,]+,[^,]+(?:\([^)]*\))?,\s*(?:[A-Za-z_][\w.]*|\d{2,})\s*\)\Z")
"""`range(0, len(keys), size)` goes from batch to batch."""
INDENT = 80
"""A text that was cut off may have lost so much white space at its end."""
COMMENT = re.compile(r"#[^\n]*")
LITERAL = re.compile(r"\s*[(\[{]")
CONSTANT = re.compile(r"(?:\w+\.)*_?[A-Z][A-Z0-9_]*(?:\.(?:items|values|keys)\(\))?\Z")
SETTLED = re.compile(
    r"\b(settings\.|_meta\b|\.choices\b|\.fields\b|get_models\(|get_app_configs\(|__members__|__subclasses__|argv\b|INSTALLED_APPS|field_names?\b"
    r"|retr(?:y|ies)|attempts?\b|max_tries|\.send\(|send_robust\(|sorted_tables\b|primary_key\b|\.columns\b"
    r"|(?:languages?|locales?|responses|receivers|plugins?|providers|backends|\w*types|kinds|statuses|validators|handlers|extensions|hooks)\b"
    r"(?!\.(?!(?:all|items|keys|values|values_list|filter|exclude|order_by|iterator|copy|get|split)\b)\w))"
)
"""What there are few of in any program: fields, languages, plugins, receivers' answers, tries."""
LISTED = re.compile(r"[A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)+\s*,?\Z")
"""`for user in first, second`."""
OPEN = re.compile(r"connections(?:\.all\(\))?\Z")
"""The databases of a project, as Django keeps them."""
TYPED = re.compile(r"(?:self\.)?options(?:\[|\.get\()")
"""What a person tells a command."""
SOME_OF = re.compile(
    r"[\[({]\s*[\w.]+\s+for\s+\w+\s+in\s+(?P<source>[\w.]+?)(?:\.(?:items|values|keys)\(\))?(?:\s+if\b.*)?\s*[\])}]\Z",
    re.DOTALL,
)
"""`[name for name in NAMES if name in wanted]`."""
ENUMS = re.compile(r"(?:\A|\.)(?:(?:Int|Str)?Enum|(?:Int)?Flag|(?:Text|Integer)?Choices)\Z")
STATES = frozenset("execute exec exec_driver_sql executescript scalar scalars".split())
MADE = r"(?:select|delete|update|insert|exists|count|query)"
"""What makes a statement about rows of what it is given."""
PAUSES = re.compile(r"\.wait\(\s*[\w.]")
"""`while not stopped.wait(60)`: a pause between two turns."""
NEXT = re.compile(rf"\(?\w+\s*:=.*\bnext\b.*{BATCH.pattern}", re.IGNORECASE | re.DOTALL)
"""`while rows := next(batches, None)`: each turn takes the next batch."""
WRAPPED = frozenset("enumerate sorted reversed list tuple set iter".split())


class Many(Enum):
    """How often a loop repeats its body, as far as the text tells."""

    NO = "few"
    MAYBE = "maybe"
    YES = "rows"


class Loops:
    """Answers for one graph, remembered."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.symbols = graph.symbols
        self._known: dict[tuple[str, int], Many] = {}
        self._sleeping: dict[str, frozenset[int]] = {}
        self._taking: dict[str, frozenset[int]] = {}

    def many(self, path: str, number: int) -> Many:
        """How often the loop with a number in a file repeats."""
        asked = (path, number)
        if asked not in self._known:
            self._known[asked] = self._judge(path, number, self.graph.flows[path].loops[number])
        return self._known[asked]

    def _waits(self, path: str, number: int) -> bool:
        """Whether a loop sleeps between its turns: it asks again until something has come about."""
        if path not in self._sleeping:
            calls = self.graph.flows[path].calls
            self._sleeping[path] = frozenset(call.loop for call in calls if call.target.endswith("sleep"))
        return number in self._sleeping[path]

    def _takes_batches(self, path: str, number: int) -> bool:
        """Whether each turn of a loop takes the next rows, many at once: its queries are asked once a batch."""
        if path not in self._taking:
            calls = self.graph.flows[path].calls
            limits = (c.loop for c in calls if c.target.endswith(IN_BATCHES) and c.args != "1")
            named = (c.loop for c in calls if BATCH.search(c.bound) and not self._is_named_so(path, c.scope, c.bound))
            called = (c for c in calls if c.bound and BATCH.search(last_name(c.target)))
            asked = (c.loop for c in called if not self._is_one(path, c.scope, c.bound))
            self._taking[path] = frozenset((*limits, *named, *asked))
        return number in self._taking[path]

    def _judge(self, path: str, number: int, loop: Loop) -> Many:
        if loop.leaves == "always":
            return Many.NO
        if loop.kind == "while":
            waits = self._waits(path, number) or PAUSES.search(loop.text) is not None or NEXT.match(loop.text.strip())
            return Many.NO if waits or self._takes_batches(path, number) else Many.MAYBE
        text = loop.text.strip()
        batches = BATCH.search(loop.target) is not None and not self._is_named_so(path, loop.scope, loop.target)
        if batches or self._few(path, loop, text):
            return Many.NO
        symbol = self.symbols.chain(path, loop.scope, loop.source)
        if (symbol is not None and symbol.kind == "class") or self._of_enum(path, loop):
            return Many.NO
        if symbol is not None and symbol.kind in ("query", "many"):
            few = SETTLED.search(loop.source) is not None and not self._names_rows(path, loop.scope, loop.source)
            return Many.MAYBE if few else Many.YES
        if SETTLED.search(text):
            return Many.NO
        # Rows may be called a page of them, or be of blocks of flats; what is no row and called so is a batch.
        if BATCH.search(loop.source) or self._yields_once(path, loop):
            return Many.NO
        last = loop.target.split(",")[-1].strip(" ()")
        told_apart = [name for name in variables(loop.target) if seen_by(loop, name) is not loop]
        return Many.YES if any(self._is_row(path, loop, name) for name in told_apart or [last]) else Many.MAYBE

    def _is_one(self, path: str, scope: int, name: str) -> bool:
        """Whether a name is one of a row."""
        found = self.symbols.name(path, scope, name) if name.isidentifier() else None
        return found is not None and found.kind == "instance" and self.symbols.classes.is_model(found)

    def _is_named_so(self, path: str, scope: int, name: str) -> bool:
        """Whether a name that says batch is one of a row whose table says so too: a `chunk` of `ImportChunk`."""
        found = self.symbols.name(path, scope, name) if self._is_one(path, scope, name) else None
        return found is not None and name.lower().replace("_", "") in self.symbols.definition(found).name.lower()

    def _is_row(self, path: str, loop: Loop, name: str) -> bool:
        """Whether a loop hands out rows under a name. What a call gives under one that other loops give may be anything else."""
        other = loop.source.endswith("()") and len(self.symbols.table(path).loops.get((loop.scope, name), ())) > 1
        found = self.symbols.element(path, loop, name) if other else self.symbols.name(path, loop.scope, name)
        if found is None:
            return False
        return found.name == f"{orm().account}()" or (found.kind == "instance" and self.symbols.classes.is_model(found))

    def _few(self, path: str, loop: Loop, text: str) -> bool:
        match = RANGE.search(text)
        if (
            (match and int(match[2]) - int(match[1] or 0) <= MONTHS)
            or STRIDE.match(text)
            or TRIES.match(text)
            or TRY.match(loop.target)
        ):
            return True
        if self.limited(path, loop.scope, loop.source, loop.start, loop.text):
            return True
        inner = text
        while (found := re.match(r"(\w+)\((.*)\)\Z", inner, re.DOTALL)) and found[1] in WRAPPED:
            inner = next(iter(split(found[2])), "").strip()
        if some := SOME_OF.match(inner):
            inner = some["source"]
        if self._literal(inner) or any(few.match(inner) for few in (CONSTANT, TYPED, LISTED, OPEN)):
            return True
        name = inner.removesuffix("()").removesuffix(".items").removesuffix(".values").removesuffix(".keys")
        found_steps = steps(name)
        return bool(found_steps) and self._constant(path, loop.scope, name)

    def _names_rows(self, path: str, scope: int, text: str) -> bool:
        """Whether a name that says few is given to rows of a table that does not say so: `kinds = Order.objects.all()`."""
        rows = self.symbols.name(path, scope, text) if text.isidentifier() else None
        if rows is None or rows.kind not in ("query", "many") or not rows.path:
            return False
        return SETTLED.search(f"{self.symbols.definition(rows).name.lower()}s") is None

    def _of_enum(self, path: str, loop: Loop) -> bool:
        """Whether a loop goes through the members of an enumeration, or some of them: `for state in State.open_ones()`."""
        root = loop.source.partition(".")[0]
        klass = self.symbols.name(path, loop.scope, root) if root[:1].isupper() else None
        mro = self.symbols.classes.mro(klass) if klass is not None and klass.kind == "class" and klass.path else ()
        return any(one.kind == "external" and ENUMS.search(one.name) for one in mro)

    def _yields_once(self, path: str, loop: Loop) -> bool:
        """Whether the loop goes through a generator of the project that hands out one thing: `for session in get_session()`."""
        made = self.symbols.chain(path, loop.scope, loop.source.removesuffix("()")) if loop.source.endswith("()") else None
        if made is None or made.kind != "function" or not made.path or made.name:
            return False
        given = [one for one in self.graph.flows[made.path].yields if one.scope == made.place]
        return len(given) == 1 and given[0].loop < 0 and not given[0].value.startswith("*")

    def limited(self, path: str, scope: int, text: str, start: int, raw: str, again: bool = True) -> bool:
        """Whether an expression gives a few rows: `orders.limit(5)`, `orders[:3]`, or a name for such."""
        sliced = SLICED.search(raw)
        if sliced:
            return not sliced[1] or int(sliced[1]) <= FEW
        if text.endswith("[:]") and len(raw) >= TEXT_LIMIT - INDENT:
            # A slice at the end of a text that was cut off before it: what is cut off a long query is mostly its head.
            return True
        table = self.symbols.table(path)
        calls = table.at.get(start, ()) if start >= 0 else ()
        texts = [call.args.strip() for call in calls if call.target.endswith(".limit")]
        if any(text.isdigit() and int(text) <= FEW for text in texts):
            return True
        named = table.assigns.get((scope, text), ())[:MOST] if again and text.isidentifier() else ()
        return any(self.limited(path, scope, one.value, one.start, one.text, False) for one in named)

    def _literal(self, text: str) -> bool:
        whole = text[-1:] in ")]}" or len(text) > TEXT_LIMIT - INDENT
        return whole and LITERAL.match(text) is not None and " for " not in COMMENT.sub("", text) and "*" not in text

    def _constant(self, path: str, scope: int, name: str) -> bool:
        """Whether a name is a literal list, in the scope, the class or the module, and nothing else."""
        owner, _, attribute = name.rpartition(".")
        table = self.symbols.table(path)
        if owner in ("self", "cls"):
            klass = self.symbols.owner(path, scope)
            assigns = []
            for one in self.symbols.classes.mro(klass) if klass is not None else ():
                if one.kind == "class":
                    own = self.symbols.table(one.path)
                    assigns = [*own.assigns.get((one.place, attribute), ()), *own.own.get((one.place, attribute), ())]
                    if assigns:
                        break
        elif not owner:
            assigns = []
            while not assigns:
                assigns = table.assigns.get((scope, name), [])
                if scope < 0 or name in self.symbols.signature(Symbol("function", path, scope)).names:
                    break
                scope = self.graph.files[path].definitions[scope].parent
        else:
            return False
        return bool(assigns) and all(self._literal(one.text.strip()) and len(one.text) > 2 for one in assigns)


def of_tables(loop: Loop, question: Question) -> bool:
    """Whether a loop goes from table to table, `for model in models: session.execute(delete(model))`, or from statement to
    statement: no query asks for two.
    """
    spoken = f"{question.text} {question.args}"
    names = "|".join(re.escape(name) for name in variables(loop.target) if name in spoken)
    if not names:
        return False
    begins = rf"(?:{names})\.(?:objects|query|_default_manager|_base_manager)\b"
    handed = rf"\b(?:select|delete|update|insert|query|exists|count|select_from|\w*[tT]able|[iI]dentifier)\(\s*(?:{names})\s*[,)]"
    made = rf"\A\s*(?:{names})\.(?:select|delete|update|insert)\("
    once = rf"\A\s*(?:(?:\w+\.)*(?!{MADE}\b)\w+\(\s*)?(?:{names})(?:\.\w+)*\s*(?:[,)]|\Z)"
    whole = once if question.method in STATES else r"\Z(?!)"
    filled = rf"\b(?:FROM|INTO|UPDATE|TABLE|SCHEMA)\s+[\"'`]?\{{(?:{names})\}}"
    given = any(re.search(pattern, question.args) for pattern in (handed, made, whole, filled))
    return given or re.search(begins, question.text) is not None
