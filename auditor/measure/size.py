"""How much code there is and how hard it is to read: figures of the judged source, and sizes of the rest."""

from collections.abc import Iterable, Mapping

from auditor.facts.values import FileFacts
from auditor.model.measure import Measure, unknown

WORST = 10
"""How many files are named, worst first, beside the figures of the whole."""
LIMIT = 10
"""Complexity of a function past which radon ranks it C, moderate risk, or worse."""
LOW_INDEX = 20
OTHER_KINDS = ("test", "migration", "generated", "vendored")
NO_SOURCE = "no Python source was found"


def sizes(files: Mapping[str, FileFacts]) -> tuple[Measure, ...]:
    """Measures `size.*`, `complexity.*` and `maintainability.*`, sorted by name and subject.

    Those without a subject are of all files of the kind `source`; tests and other kinds have names of their own. Those
    with a path for a subject are of the ten worst files.
    """
    source = [file for _, file in sorted(files.items()) if file.kind == "source"]
    found = [*_sizes(source), *_other_sizes(files.values()), *_complexity(source), *_maintainability(source)]
    return tuple(sorted(found, key=lambda one: (one.name, one.subject)))


def _sizes(source: list[FileFacts]) -> list[Measure]:
    units = {"files": "files", "functions": "functions", "classes": "count"}
    names = ("files", "lines", "code_lines", "comment_lines", "functions", "classes")
    if not source:
        return [unknown(f"size.{name}", NO_SOURCE, units.get(name, "lines")) for name in names]
    classes = sum(one.kind == "class" for file in source for one in file.definitions)
    functions = sum(len(file.definitions) for file in source) - classes
    lines = [sum(figures) for figures in zip(*((f.lines, f.code_lines, f.comment_lines) for f in source), strict=True)]
    values = (len(source), *lines, functions, classes)
    whole = [Measure(f"size.{name}", value, units.get(name, "lines")) for name, value in zip(names, values, strict=True)]
    longest = sorted(source, key=lambda file: (-file.code_lines, file.path))[:WORST]
    return whole + [Measure("size.code_lines", file.code_lines, "lines", file.path) for file in longest]


def _other_sizes(files: Iterable[FileFacts]) -> list[Measure]:
    """Files and lines of what is not judged: none is a figure too, where anything was read at all."""
    known = list(files)
    measures = []
    for kind in OTHER_KINDS:
        lines = [file.lines for file in known if file.kind == kind]
        for value, unit in ((len(lines), "files"), (sum(lines), "lines")):
            name = f"size.{kind}_{unit}"
            measures.append(Measure(name, value, unit) if known else unknown(name, NO_SOURCE, unit))
    return measures


def _complexity(source: list[FileFacts]) -> list[Measure]:
    every = [(count, file, index) for file in source for index, count in file.complexity.functions]
    if not every:
        note = "no function was found" if source else NO_SOURCE
        return [unknown(f"complexity.{name}", note) for name in ("average", "functions_over_10", "max")]
    worst = sorted(every, key=lambda one: (-one[0], one[1].path, one[2]))
    average = sum(count for count, _, _ in every) / len(every)
    measures = [
        Measure("complexity.average", round(average, 2), note="of all functions and methods"),
        Measure("complexity.functions_over_10", sum(count > LIMIT for count, _, _ in every), "functions"),
        _most_complex(*worst[0], subject=""),
    ]
    named: dict[str, Measure] = {}
    for count, file, index in worst:
        if len(named) == WORST:
            break
        if file.path not in named:
            named[file.path] = _most_complex(count, file, index, subject=file.path)
    return measures + list(named.values())


def _most_complex(count: int, file: FileFacts, index: int, subject: str) -> Measure:
    one = file.definitions[index]
    return Measure("complexity.max", count, subject=subject, note=f"{one.qualname} at {file.path}:{one.line}")


def _maintainability(source: list[FileFacts]) -> list[Measure]:
    figures = ((file.complexity.maintainability, file.path) for file in source)
    known = [(index, path) for index, path in figures if index is not None]
    if not known:
        note = "no file with code was found" if source else NO_SOURCE
        return [unknown(f"maintainability.{name}", note) for name in ("average", "files_under_20")]
    return [
        Measure("maintainability.average", round(sum(index for index, _ in known) / len(known), 2), note="of all files"),
        Measure("maintainability.files_under_20", sum(index < LOW_INDEX for index, _ in known), "files"),
        *(Measure("maintainability.index", index, subject=path) for index, path in sorted(known)[:WORST]),
    ]
