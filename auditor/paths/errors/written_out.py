"""Parts of mappings that a caller writes out where it hands them over: `store({"read": False})` hands over nothing that was sent
where `int(message["read"])` fails.
"""

import re

from auditor.paths.calls.graph import Graph, Node
from auditor.paths.written.arguments import literal, split


def written_part(graph: Graph, caller: Node, text: str, asked: str, parameter: str) -> str:
    """What a caller hands over for the keys of a parameter that are asked, `message.get("read")`, where it writes it out;
    the whole of it where something else is asked, or nobody can say what it holds. A key that is not there is empty.
    """
    pairs = _pairs(graph, caller, text)
    named = len(re.findall(rf"(?<![\w.]){parameter}\b", asked))
    keys = re.findall(rf"(?<![\w.]){parameter}(?:\.get\(|\[)\s*['\"](\w+)['\"]", asked)
    if pairs is None or not named or len(keys) != named:
        return text
    return ", ".join(pairs[key] for key in keys if key in pairs)


def _pairs(graph: Graph, caller: Node, text: str) -> dict[str, str] | None:
    """The keys of a mapping that is written out, or that a name is given once, each with the text of its value."""
    if text.isidentifier():
        assigns = graph.symbols.table(caller.path).assigns.get((caller.scope, text), ())
        text = assigns[0].text.strip() if len(assigns) == 1 else ""
    if text[:1] != "{" or text[-1:] != "}":
        return None
    pairs = [part.partition(":") for part in split(text[1:-1])]
    keys = [literal(key) for key, _, _ in pairs]
    return (
        None if None in keys else {key: value.strip() for key, (_, _, value) in zip(keys, pairs, strict=True) if key is not None}
    )
