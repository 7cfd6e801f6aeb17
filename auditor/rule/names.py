"""The names in a call as they are written, what stands in brackets left out."""

import libcst as cst


def last_name(call: cst.Call) -> str:
    """`c` of `a.b.c()`, or an empty string."""
    func = call.func
    return func.attr.value if isinstance(func, cst.Attribute) else func.value if isinstance(func, cst.Name) else ""


def owner_name(call: cst.Call) -> str:
    """`a.b` of `a.b.c()` and of `a(1).b.c()`, or an empty string."""
    return dotted(call.func.value) if isinstance(call.func, cst.Attribute) else ""


def dotted(node: cst.CSTNode | None) -> str:
    """`a.b.c` as written, calls, indices and `await` in between without their brackets; empty for anything else."""
    parts: list[str] = []
    while True:
        if isinstance(node, cst.Attribute):
            parts.append(node.attr.value)
            node = node.value
        elif isinstance(node, cst.Call):
            node = node.func
        elif isinstance(node, cst.Subscript):
            node = node.value
        elif isinstance(node, cst.Await):
            node = node.expression
        elif isinstance(node, cst.Name):
            return ".".join(reversed([*parts, node.value]))
        else:
            return ""
