"""What a function's parameters are: by their place, their annotations, their defaults, and what callers hand over."""

import re

from auditor.knowledge.orm import orm
from auditor.paths.names.members import Members
from auditor.paths.names.symbol import DEPTH, Names, Symbol
from auditor.paths.written.signature import QUERY, Signature, element_names, type_names, value_name

DEPENDS = re.compile(r"\bDepends\(\s*([\w.]+)")
OF_THE_CLASS = ("__new__", "__init_subclass__", "__class_getitem__")
CLASS_ITSELF = re.compile(r"['\"]?(?:\w+\.)*[Tt]ype\[")
NAMED = re.compile(r"[A-Za-z_][\w.]*\Z")
STANDS = frozenset(("instance", "external"))
"""What a default may stand for: a thing that was made already, or a library's."""


class Parameters:
    """Answers for one project's symbols."""

    def __init__(self, names: Names, members: Members) -> None:
        self.names = names
        self.members = members

    def of(self, path: str, scope: int, name: str, known: Signature, depth: int) -> Symbol | None:
        """What a parameter is; None where nobody can say."""
        definition = self.names.files[path].definitions[scope]
        handed = self.names.given.get((path, scope, name))
        owner = self.names.owner(path, scope) if name == known.first and handed is None else None
        if owner is not None and owner.place == definition.parent and "staticmethod" not in definition.decorators:
            made = "classmethod" in definition.decorators or definition.name in OF_THE_CLASS
            return owner if made else owner.as_("instance")
        noted = self.annotated(path, scope, known.annotations.get(name, ""), depth + 1)
        if noted is None and name in orm().handed and (view := self.names.owner(path, scope)) is not None:
            noted = self.members.of_view(view, orm().handed[name], depth + 1)
        return noted or handed or self._default(path, scope, known.defaults.get(name, ""), depth) or self._usual(path, name)

    def _usual(self, path: str, name: str) -> Symbol | None:
        """What a parameter of this name is in modules that import the library which hands it over."""
        for given in self.names.knowledge.parameters.get(name, ()):
            if given.rpartition(".")[0] in self.names.table(path).reached:
                return Symbol("external", name=f"{given}()")
        return None

    def _alias(self, path: str, name: str, depth: int) -> Symbol | None:
        """What `Orders = Annotated[OrderService, Depends(make)]` stands for, where a module keeps an annotation under a name."""
        table = self.names.table(path)
        target = table.imports.get(name)
        if target is not None:
            module = self.names.modules.find(target.rpartition(".")[0])
            return (
                self._alias(module, target.rpartition(".")[2], depth + 1)
                if module not in (None, path) and depth < DEPTH
                else None
            )
        for assign in table.assigns.get((-1, name), ()):
            if "[" in assign.text and depth < DEPTH:
                found = self.annotated(path, -1, assign.text, depth + 1)
                if found is not None and found.name != "Annotated":
                    return found
                match = DEPENDS.search(assign.text)
                made = self.names.chain(path, -1, match[1], depth + 1) if match else None
                if made is not None:
                    return self._injected(made, depth + 1)
        return None

    def _injected(self, made: Symbol, depth: int) -> Symbol | None:
        """What a framework hands over that is told to call something: the result, or what a generator yields."""
        found = self.members.result(made, depth)
        if found is None and made.kind == "function" and made.path and not made.name:
            return self.members.yielded(made, depth)
        return found

    def _default(self, path: str, scope: int, text: str, depth: int) -> Symbol | None:
        """`service: Service = Depends(make)`: what the function gives that stands as a parameter's default; `http=session`."""
        if NAMED.match(text):
            usual = self.names.chain(path, self.names.files[path].definitions[scope].parent, text, depth + 1)
            return usual if usual is not None and usual.kind in STANDS and not usual.name.startswith("builtins.") else None
        name, _, inside = text.partition("(")
        if name.rpartition(".")[2] in orm().same and inside:
            made = self.names.chain(
                path, self.names.files[path].definitions[scope].parent, inside.partition(",")[0].strip(" )"), depth + 1
            )
            return self._injected(made, depth + 1) if made is not None else None
        return None

    def annotated(self, path: str, scope: int, annotation: str, depth: int) -> Symbol | None:
        """An instance of the class that an annotation names, or several of it."""
        if not annotation:
            return None
        around = self.names.files[path].definitions[scope].parent if scope >= 0 else -1
        names = type_names(annotation)
        for place, name in enumerate(names):
            found = self.names.chain(path, around, name, depth + 1)
            if found is None or (found.kind == "external" and "Annotated" in found.name):
                found = self._alias(path, name, depth + 1)
                if found is not None:
                    return found
            if found is not None and found.kind == "class":
                if CLASS_ITSELF.match(annotation):
                    return found
                others = (self.names.chain(path, around, other, depth + 1) for other in names[place + 1 :])
                alike = [one for one in others if one is not None and one.kind == "class"]
                return self.members.classes.one_of([found.as_("instance"), *(one.as_("instance") for one in alike)])
            if (
                found is not None
                and found.kind == "external"
                # A module is nobody's type: `db: sqlalchemy = None`.
                and "." in found.name
                and not found.name.startswith(("builtins.", "typing.", "collections."))
            ):
                return Symbol("external", name=found.name + "()")
        for name in element_names(annotation):
            found = self.names.chain(path, around, name, depth + 1)
            if found is not None and found.kind == "class":
                return found.as_("query" if QUERY.match(annotation.strip("'\"")) else "many")
        held = value_name(annotation)
        found = self.names.chain(path, around, held, depth + 1) if held else None
        return Symbol("dict", of=found.as_("instance")) if found is not None and found.kind == "class" else None
