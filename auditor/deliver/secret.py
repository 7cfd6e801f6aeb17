"""What must never be seen: values of the environment that open doors, and texts from which they are taken out."""

import base64
from collections.abc import Iterable
from urllib.parse import quote

HIDDEN = "(hidden)"
SHORTEST = 4
"""Shorter secrets are not looked for in texts: they would hide half of every sentence."""


class Secret:
    """A value that shows itself to nobody who prints, logs, compares or encodes it; `reveal` is for the wire alone."""

    __slots__ = ("__value",)

    def __init__(self, value: str) -> None:
        self.__value = value

    def __repr__(self) -> str:
        return HIDDEN if self.__value else "(not set)"

    def __bool__(self) -> bool:
        return bool(self.__value)

    def reveal(self) -> str:
        """The value itself."""
        return self.__value


def scrubbed(text: str, secrets: Iterable[Secret]) -> str:
    """A text without the secrets, however a server may have sent them back: plain, quoted for an address, in base 64."""
    for secret in secrets:
        value = secret.reveal()
        if len(value) >= SHORTEST:
            coded = base64.b64encode(value.encode()).decode().rstrip("=")
            for form in sorted({value, quote(value, safe=""), quote(value), coded}, key=len, reverse=True):
                text = text.replace(form, HIDDEN)
    return text
