"""The command as reports show it: what the user typed, without passwords in addresses."""

import re
import shlex
from collections.abc import Sequence

_PASSWORD = re.compile(r"(?<=://)([^/@\s:]*):[^/@\s]*(?=@)")


def said(words: Sequence[str]) -> str:
    """The words after the program's name as a shell would read them; `scheme://user:password@host` loses its password."""
    return shlex.join(["auditor", *(_PASSWORD.sub(r"\1:hidden", word) for word in words)])
