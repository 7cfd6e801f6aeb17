"""Marks that people leave for later, such as TODO and FIXME, in comments and docstrings: the one definition of them."""

import re
from collections.abc import Iterator

import msgspec

from auditor.facts.values import Comment, Docstring, FileFacts

WORDS = ("TODO", "FIXME", "XXX", "HACK", "BUG", "SECURITY")
_SMALL = tuple(word.lower() for word in WORDS)

_FLOURISH = r"[\s#:!@*.\-–—=~<>(\[{'\"`]{0,12}"
_AND_ANOTHER = r"(?:/(?:TODO|FIXME|XXX|HACK|BUG))?"
"""`FIXME/TODO` is one mark."""
IN_COMMENT = re.compile(
    rf"#{_FLOURISH}(?P<word>TODO|FIXME|XXX|HACK|BUG|SECURITY){_AND_ANOTHER}(?![\w/])(?!-\w)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
IN_DOCSTRING = re.compile(
    r"[ \t]*(?:[\"']{1,3}|[-*.@]{1,3}|::?)?[ \t]*"
    r"(?P<word>TODO|FIXME|XXX|HACK|BUG|SECURITY)(?![\w/])(?!-\w)(?P<rest>[^\n]*)",
    re.IGNORECASE,
)
_OWNER = re.compile(r"\s*[(\[]\s*@?(?P<owner>[^)\]\n]{1,60})[)\]]")
_LOOSE = {"HACK", "BUG", "XXX"}
"""Ordinary words too: written small they are a mark only where what follows shows it."""
_PROSE = {*_LOOSE, "SECURITY"}
_NOT_A_MARK = re.compile(r"\s*(?:track|report|fix(?:es|ed)?\b|bounty|squash|#?\d+\s*(?:$|[.)]))", re.IGNORECASE)
_PRAGMA = re.compile(r"#\s*(?:noqa|type:|pylint|mypy:|nosec|pragma|fmt:|isort|ruff|auditor:|[-=#*~_]{3,})", re.IGNORECASE)
_NOTE = re.compile(r"#\s*NOTE\s*[(:]")
"""Another remark, that somebody else may have added below."""
_CODE = re.compile(
    r"#\s*(?:[\w.\[\]'\"]+\s*=\s*\S|(?:if|for|while|def|class|with|elif)\b.*:\s*$|[\w.]+\([^()]*\)\s*$|(?:from\s+\S+\s+)?import\s\w+$)"
)
"""Code that is commented out: what stands under a mark, and says nothing of it."""


class Mark(msgspec.Struct, frozen=True, order=True):
    """One mark with all that belongs to it. Lines count from 1; `text` is what it says, on one line."""

    line: int
    column: int
    end_line: int
    word: str
    """In capitals, one of WORDS."""
    owner: str
    """What stands in brackets after the mark: a name, at times a ticket."""
    text: str
    docstring: bool = False
    loud: bool = True
    """Whether the word stands in capitals."""


def marks(file: FileFacts) -> tuple[Mark, ...]:
    """The marks of a file in the order of its lines. Comment lines that go on from a marked one belong to it."""
    found: list[Mark] = []
    if _may_hold("\n".join([comment.text for comment in file.comments])):
        found += _in_comments(file.comments)
    for docstring in file.docstrings:
        if _may_hold(docstring.text):
            found += _in_docstring(docstring)
    return tuple(sorted(found))


def _may_hold(text: str) -> bool:
    """Whether a text holds the word of a mark at all, in any case: most hold none, and no expression is as quick."""
    small = text.casefold()
    return any(word in small for word in _SMALL)


def _in_comments(comments: tuple[Comment, ...]) -> Iterator[Mark]:
    for index, comment in enumerate(comments):
        match = _marked(comment)
        if match is None or (index and _ends_a_sentence(comments[index - 1], comment, match)):
            continue
        owner, text = _parted(match["rest"])
        parts, end = [text], comment.line
        for later in comments[index + 1 : index + 30]:
            if not _goes_on(comment, later, end):
                break
            parts.append(later.text.lstrip("# \t"))
            end = later.line
        word, said = match["word"], _folded(" ".join(parts))
        yield Mark(comment.line, comment.column, end, word.upper(), owner, said, loud=word.isupper())


def _marked(comment: Comment) -> re.Match[str] | None:
    """The mark at the start of a comment, or of a second comment behind a tool's pragma on the same line."""
    starts = [0]
    if "#" in comment.text[1:]:
        starts += [place.start() for place in re.finditer("#", comment.text[:300])][1:]
    for start in starts:
        match = IN_COMMENT.match(comment.text, start)
        if match is not None:
            return match if _is_mark(match) else None
    return None


def _is_mark(match: re.Match[str]) -> bool:
    """Whether the word is meant as a mark: SECURITY needs its colon, and small ordinary words a sign of being meant."""
    word, rest = match["word"], match["rest"]
    if (opened := match[0][: match.start("word") - match.start()].strip()[-1:]) in ("'", '"') and opened in rest:
        return False  # what somebody else said: `# "TODO: verify" is what the old code told us`
    pointed = rest.lstrip()[:1] in (":", "(", "[") or re.match(r"\s*[-–—]", rest) is not None
    if word.upper() == "SECURITY":
        return rest.startswith((":", "(", " -", "!", " !")) and bool(rest.strip(" :-!"))
    if word.upper() in _LOOSE and not word.isupper():
        return pointed or _NOT_A_MARK.match(rest) is None
    return _NOT_A_MARK.match(rest) is None if word.upper() == "BUG" else True


def _ends_a_sentence(before: Comment, comment: Comment, match: re.Match[str]) -> bool:
    """Whether an ordinary word only happens to begin a line of prose: `# … a note on\\n# security: serious deployments …`."""
    if match["word"].upper() not in _PROSE or not match["word"].islower():
        return False
    above = before.alone and before.line == comment.line - 1 and before.column == comment.column
    return above and before.text.rstrip()[-1:].isalnum() and _marked(before) is None


def _goes_on(first: Comment, later: Comment, end: int) -> bool:
    """Whether a comment continues the one before: the next line, alone, at the same place, no mark, pragma or code."""
    if later.line != end + 1 or not later.alone or (first.alone and later.column != first.column):
        return False
    if not first.alone and abs(later.column - first.column) > 4:
        return False
    if _CODE.match(later.text) or _NOTE.match(later.text):
        return False
    return bool(later.text.strip("# \t")) and _marked(later) is None and _PRAGMA.match(later.text) is None


def _in_docstring(docstring: Docstring) -> Iterator[Mark]:
    lines = docstring.text.split("\n")
    for number, line in enumerate(lines):
        match = IN_DOCSTRING.match(line)
        if match is None or not _meant_in_prose(match):
            continue
        owner, text = _parted(match["rest"])
        parts, end = [text], number
        for later in lines[number + 1 : number + 30]:
            if not later.strip(" \t\"'") or IN_DOCSTRING.match(later) is not None:
                break
            parts.append(later)
            end += 1
        first = docstring.line + number
        column = match.start("word") + 1
        said = _folded(" ".join(parts)).strip("\"' ")
        yield Mark(first, column, docstring.line + end, match["word"].upper(), owner, said, docstring=True)


def _meant_in_prose(match: re.Match[str]) -> bool:
    """In a docstring words wrap, so a mark there is in capitals or has its colon."""
    word, rest = match["word"], match["rest"]
    if word.upper() == "SECURITY":
        return word.isupper() and rest.startswith((":", "(")) and bool(rest.strip(": "))
    if not word.isupper():
        return rest.startswith((":", "(")) and not rest.startswith("::=")
    return not rest.startswith(("=", "'", '"', "."))


def _parted(rest: str) -> tuple[str, str]:
    """Owner and text of what follows a mark."""
    match = _OWNER.match(rest)
    owner = match["owner"].strip() if match else ""
    text = rest[match.end() :] if match else rest
    return owner, text.lstrip(" \t:!-–—?,.>)]}")


def _folded(text: str) -> str:
    return " ".join(text.split())
