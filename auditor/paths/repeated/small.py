"""Which loops go through a few rows by their nature, so that a question for each of them is seldom worth mending."""

import re

from auditor.facts.flow.events import Call
from auditor.paths.calls.graph import Graph, Node
from auditor.paths.queries.loops import Many
from auditor.paths.queries.repetition import Repeated
from auditor.paths.repeated.turn import turn
from auditor.paths.written.arguments import arguments
from auditor.paths.written.steps import shown, steps

COPIES = re.compile(
    r"(?:\A|[./ ])_?(?:copy|clone|duplicate)(?:_\w+)?\Z|_(?:copy|clone|duplicate)\Z"
    r"|(?:\A|[./ ]|[a-z])Cloner\b|/clon(?:e|ers?|ing)\.py |(?:\A|[./ ])_?merge_(?:\w+_)?into\Z"
)
"""What makes a copy of something with all that hangs on it, or takes it over: rare, and a row made for each anyway."""
KEYS = ("pk", "id")
HANDFUL = re.compile(
    r"(?:\A|[._])(?:payments?|payment_(?:requests|methods)|refunds|transactions|splits|fees|parents|sections|sheets|tags|booktags|files"
    r"|addresses|emails|phones|images|credentials)\Z"
)
"""What one order, person or thing has few of."""
ROWS_OF = re.compile(r"\b[A-Z]\w*\.(?:objects|query|select)\b|\b(?:select|query|scalars|execute)\s*\(|\.(?:filter|all)\(")
FORM = re.compile(r"(?:\A|\.)(?:\w*form|field)(?:\.\w+)*\.(?:data|cleaned_data)\b")
"""What a person has typed into a form."""
FEW_TARGETS = re.compile(
    r"(?:\A|_)(?:(?:type|kind|status|category)_\w+|languages?|locales?|locations?|countr(?:y|ies)|currenc(?:y|ies)|categor(?:y|ies)|type|kind|status|state|role|site"
    r"|tenant|organi[sz]ation|company|department|region|unit|plan|level|priority|license|timezone|gender|brand)\Z"
)
FEW_KINDS = re.compile(
    r"(?:Option|Type|Status|State|Category|Kind|Role|Stage|Level|Country|Currency|Language|Locale|Region|Unit|Priority|License"
    r"|Gender|Brand|Tenant|Department|Site)\Z"
)
"""What many rows share: a session asks for each of the few once, and remembers it."""
CHANGES = re.compile(
    r"\.(?:a?create|a?save|a?delete|delete_instance|get_or_create|update_or_create)\Z|[Ss]ession(?:\(\))?\.add\Z"
)
MAKES = re.compile(
    r"\.(?:a?create|a?delete|delete_instance|create_user|(?:get|update)_or_create(?:_\w+)?)\Z|[Ss]ession(?:\(\))?\.add\Z"
    r"|(?:\A|\.)[A-Z]\w*\(\)\.save\Z"
)
EACH_ALONE = re.compile(
    r"\bwith_for_update\Z|\bselect_for_update\b|(?:\A|[._])(?:remove_file|delete_file|unlink|rmtree|copyfile|upload(?:_file)?)\Z"
    r"|\.\w*(?:file|image|photo|picture|attachment|avatar|thumbnail)\.delete\Z"
)
NEAREST = re.compile(r"\.annotate\(\).*\.order_by\(\)\.first\Z")
"""What is worked out from the element itself, to take the best: no one query does it for many."""
BULK = re.compile(r"(?:\A|[._])(?:a?bulk_\w+|add_all|insert_many|executemany|copy_records_to_table)\Z")
NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
CHANGED = re.compile(r"(?:\w+\.)?(?:update|delete)[<(]")
SCRIPT = re.compile(r"\.read(?:_text)?\(")
STATEMENTS = re.compile(r"\A\s*(?:statement\s*=\s*)?(?:\w+\.)?(?:update|delete|insert)\(")


def is_small(graph: Graph, one: Repeated) -> bool:
    """Whether few rows are gone through, few are asked for, or each needs a statement of its own."""
    question = one.question
    if one.by == "loop" and (_copies(graph, one) or FORM.search(one.source)):
        return True
    if question.kind == "query" and (STATEMENTS.match(question.args) or _changes(graph, one) or _is_script(graph, one)):
        return True
    if question.kind == "one" and question.implied and _is_shared(one):
        return True
    return one.by == "loop" and (_handful(graph, one) or _worked_on(graph, one) or _needs_each(graph, one))


def _changes(graph: Graph, one: Repeated) -> bool:
    """Whether what is sent by its name changes rows with each key's own values: `statement = update(Order).where(...)`."""
    name = arguments(one.question.args).get(0, "statement") or ""
    assigns = graph.symbols.table(one.node.path).assigns.get((one.question.scope, name), ()) if name.isidentifier() else ()
    return bool(assigns) and all(CHANGED.match(assign.value) for assign in assigns)


def _is_script(graph: Graph, one: Repeated) -> bool:
    """Whether what is sent was read from a file: `for file in folder: connection.execute(file.read_text())`."""
    text = arguments(one.question.args).get(0, "statement") or ""
    names = NAME.findall(text)
    known = graph.symbols.table(one.node.path).assigns
    given = (assign.value for name in names for assign in known.get((one.question.scope, name), ()))
    return any(SCRIPT.search(value) for value in (text, *given))


def _is_shared(one: Repeated) -> bool:
    """Whether many rows lead to one of few others."""
    return FEW_KINDS.search(one.question.model) is not None or (bool(one.path) and FEW_TARGETS.search(one.path[-1]) is not None)


def _copies(graph: Graph, one: Repeated) -> bool:
    """Whether the loop, or what each turn of it calls on the way, stands in what makes a copy: or `line.pk = None` does."""
    keys = {f"{one.element}.{name}" for name in KEYS}
    given = (each for each in graph.flows[one.outer.path].assigns if each.target in keys and each.scope == one.outer.scope)
    if any("None" in (each.value, each.text) and each.line > one.line for each in given):
        return True
    within = (one.outer, *(node for node, _ in one.way[1:]), *((one.node,) if one.way else ()))
    return any(COPIES.search(f"{node.path} {graph.name(node)}") for node in within)


def _handful(graph: Graph, one: Repeated) -> bool:
    """Whether a loop goes through what one object has a handful of."""
    source = one.source.removesuffix("()").removesuffix(".all").removesuffix("or[]").removesuffix(".items")
    if HANDFUL.search(source) is None:
        return False
    assigns = graph.symbols.table(one.outer.path).assigns.get((one.outer.scope, source), ())
    return not any(ROWS_OF.search(assign.text or assign.value) for assign in assigns)


def _worked_on(graph: Graph, one: Repeated) -> bool:
    """Whether each turn makes or deletes rows anyway, or changes one of those that belong to one object."""
    if one.question.kind != "query":
        return False
    if one.many is Many.MAYBE:
        return any(MAKES.search(call.target) for call in turn(graph, one))
    return _of_one(graph, one.outer, one.source) and any(CHANGES.search(call.target) for call in turn(graph, one))


def _needs_each(graph: Graph, one: Repeated) -> bool:
    """Whether each turn stands alone: it locks its row, does something to a file, or follows what the one before has found."""
    if one.question.kind not in ("query", "write"):
        return False
    loops = graph.flows[one.outer.path].loops
    around = [loop for loop in loops if loop.line == one.line and loop.scope == one.outer.scope]
    calls = tuple(turn(graph, one))
    if (
        _falls_back(graph, one)
        or any(loop.target == "_" for loop in around)
        or any(EACH_ALONE.search(call.target) or _stores(call) for call in calls)
    ):
        return True
    if NEAREST.search(one.question.text) or (one.question.kind == "write" and _alternates(graph, one, calls)):
        return True
    by_scope = graph.symbols.table(one.outer.path).by_scope.get(one.outer.scope, {})
    asked = {name for loop in around if loop.kind == "while" for name in NAME.findall(loop.text)}
    first = max(one.line, one.question.line)
    # `while node: node = session.scalar(select(parent).where(id == node))`: as often as a tree is deep.
    chain = graph.symbols.table(one.node.path).at.get(one.question.start, ()) if asked else ()
    given = set(NAME.findall(" ".join((one.question.args, *(call.args for call in chain)))))
    # `while not row.done: parent = row.parent_id; row = session.get(Row, parent)`: what the turn itself made of it.
    made = (assign for name in given if asked for assign in by_scope.get(name, ()) if one.line <= assign.line <= first)
    given |= {name for assign in made for name in NAME.findall(f"{assign.value} {assign.text}")}
    return any(assign.line >= first for name in asked & given for assign in by_scope.get(name, ()))


def _falls_back(graph: Graph, one: Repeated) -> bool:
    """Whether the loop saves one by one what could not be saved at once: `except Error: for line in lines: line.save()`."""
    guards, calls = graph.flows[one.outer.path].guards, graph.calls.get(one.outer, ())
    at_once = (call for call in calls if call.guard >= 0 and BULK.search(call.target) and one.source in call.args)
    return any(handler.line <= one.line <= handler.last for call in at_once for handler in guards[call.guard].handlers)


def _stores(call: Call) -> bool:
    """Whether a call keeps the content of a file: `order.receipt.save("receipt.pdf", content)`."""
    way = call.target.split(".")
    return way[-1] == "save" and len(way) > 2 and len(arguments(call.args).positional) == len(("name", "content"))


def _alternates(graph: Graph, one: Repeated, calls: tuple[Call, ...]) -> bool:
    """Whether some elements are deleted and others saved, or each only after those below it: `for child: clear(child)`."""
    found = {call.target for call in calls}
    if {f"{one.element}.save", f"{one.element}.delete"} <= found:
        return True
    return any(edge.to == one.outer and edge.call in calls for edge in graph.edges(one.outer))


def _of_one(graph: Graph, outer: Node, source: str) -> bool:
    """Whether a chain begins with an object, and goes on to the rows of a relation of it."""
    found = steps(source)
    if len(found) == 1:
        assigns = graph.symbols.table(outer.path).assigns.get((outer.scope, source), ())
        return bool(assigns) and all(len(steps(one.value)) > 1 and _of_one(graph, outer, one.value) for one in assigns)
    for place, step in enumerate(found[1:], 1):
        owner = graph.symbols.chain(outer.path, outer.scope, shown(found[:place]))
        if owner is None or owner.kind != "instance" or not graph.symbols.classes.is_model(owner):
            continue
        relation = graph.symbols.relations.of(owner.as_("class")).get(step.name)
        if relation is not None and relation.many:
            return True
    return False
