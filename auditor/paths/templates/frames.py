"""What templates hand one another besides includes: the blocks of the frames that they extend, and macros."""

from collections.abc import Iterator, Mapping

from auditor.paths.templates.files import TemplateFiles
from auditor.paths.templates.parts import Block, Bound, Import, Loop, Macro, Part, Parts

Macros = Mapping[str, tuple[str, Macro]]


class Frames:
    """Answers for one project's templates, remembered."""

    def __init__(self, files: TemplateFiles) -> None:
        self.files = files
        self._blocks: dict[str, frozenset[str]] = {}
        self._macros: dict[str, Macros] = {}

    def blocks(self, template: str) -> frozenset[str]:
        """The names of the blocks that a template fills."""
        if template not in self._blocks:
            parts = every(self.files.parts(template))
            self._blocks[template] = frozenset(part.name for part in parts if isinstance(part, Block))
        return self._blocks[template]

    def macros(self, template: str) -> Macros:
        """The macros that a template can call, by the names that they have there, each with the template that holds it."""
        if template not in self._macros:
            found: dict[str, tuple[str, Macro]] = {}
            self._macros[template] = found
            for part in every(self.files.parts(template)):
                if isinstance(part, Macro):
                    found[part.name] = (template, part)
                elif isinstance(part, Import):
                    found |= self._imported(template, part)
        return self._macros[template]

    def _imported(self, template: str, part: Import) -> dict[str, tuple[str, Macro]]:
        origin = self.files.find(part.name, template)
        own = self.macros(origin) if origin and origin != template else {}
        if part.alias:
            return {f"{part.alias}.{name}": macro for name, macro in own.items()}
        return {here: own[there] for here, there in part.names if there in own}


def every(parts: Parts) -> Iterator[Part]:
    """The parts and all that stand inside them."""
    for part in parts:
        yield part
        if isinstance(part, Loop | Bound | Block):
            yield from every(part.body)
