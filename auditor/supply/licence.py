"""Licences as SPDX expressions, and what a team's policy has against one. What does not say which it is stays unknown."""

import re

import msgspec

WORDS = {
    "mit license": "MIT", "the mit license": "MIT", "mit": "MIT", "expat": "MIT",
    "apache software license": "Apache-2.0", "apache 2.0": "Apache-2.0", "apache license 2.0": "Apache-2.0",
    "apache-2": "Apache-2.0", "apache license, version 2.0": "Apache-2.0", "apache license version 2.0": "Apache-2.0",
    "bsd 3-clause": "BSD-3-Clause", "bsd-3": "BSD-3-Clause", "3-clause bsd": "BSD-3-Clause", "new bsd": "BSD-3-Clause",
    "new bsd license": "BSD-3-Clause", "bsd-3-clause license": "BSD-3-Clause", "bsd 3-clause license": "BSD-3-Clause",
    "bsd 2-clause": "BSD-2-Clause", "simplified bsd": "BSD-2-Clause", "bsd-2": "BSD-2-Clause",
    "isc license (iscl)": "ISC", "isc license": "ISC",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0", "mpl 2.0": "MPL-2.0",
    "python software foundation license": "PSF-2.0", "psf": "PSF-2.0", "psf license": "PSF-2.0",
    "the unlicense (unlicense)": "Unlicense", "zope public license": "ZPL-2.1", "zpl 2.1": "ZPL-2.1",
    "gnu general public license v2 (gplv2)": "GPL-2.0-only", "gplv2": "GPL-2.0-only",
    "gnu general public license v2 or later (gplv2+)": "GPL-2.0-or-later", "gplv2+": "GPL-2.0-or-later",
    "gnu general public license v3 (gplv3)": "GPL-3.0-only", "gplv3": "GPL-3.0-only",
    "gnu general public license v3 or later (gplv3+)": "GPL-3.0-or-later", "gplv3+": "GPL-3.0-or-later",
    "gnu lesser general public license v2 (lgplv2)": "LGPL-2.0-only",
    "gnu lesser general public license v2 or later (lgplv2+)": "LGPL-2.0-or-later",
    "gnu lesser general public license v3 (lgplv3)": "LGPL-3.0-only",
    "gnu lesser general public license v3 or later (lgplv3+)": "LGPL-3.0-or-later",
    "gnu affero general public license v3": "AGPL-3.0-only", "agpl-3": "AGPL-3.0-only",
    "gnu affero general public license v3 or later (agplv3+)": "AGPL-3.0-or-later",
}  # fmt: skip
"""What classifiers and people write, in lower case, where it names one licence; "BSD License" names none."""


class Licences(msgspec.Struct, frozen=True):
    """A policy by SPDX identifiers. Empty `allowed` allows all that `denied` does not name; both empty: no policy."""

    allowed: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()
    """Packages whose licence somebody has looked at."""

    @property
    def given(self) -> bool:
        """Whether there is a policy at all."""
        return bool(self.allowed or self.denied)


def expression(words: str) -> str:
    """What metadata says of a licence as an SPDX expression, or empty where that can not be told. Several classifiers are
    all meant, as long as each names one licence.
    """
    parts = [part for part in (one.strip() for one in words.split(";")) if part]
    found = [_one(part) for part in parts]
    if not found or "" in found:
        return ""
    return found[0] if len(found) == 1 else " AND ".join(f"({one})" if " " in one else one for one in sorted(set(found)))


def _one(text: str) -> str:
    known = WORDS.get(re.sub(r"\s+", " ", text.strip().lower()).rstrip("."))
    if known or len(text) > 200:
        return known or ""
    from license_expression import ExpressionError, get_spdx_licensing

    try:
        parsed = get_spdx_licensing().parse(text, validate=True)
    except (ExpressionError, RecursionError, AttributeError, TypeError):
        return ""
    return str(parsed) if parsed is not None else ""


def fault(package: str, words: str, policy: Licences) -> str:
    """What the policy has against a licence, as part of a sentence; empty where it has nothing. One of several (`OR`) that it
    allows is enough.
    """
    if not policy.given or package in policy.exempt:
        return ""
    spdx = expression(words)
    if not spdx:
        return f"says only {words!r}, which names no licence for sure" if words else "has no licence that is known"
    against = _against(spdx, policy)
    return f"is under {spdx}: {against}" if against else ""


def _against(spdx: str, policy: Licences) -> str:
    from license_expression import get_spdx_licensing

    licensing = get_spdx_licensing()

    def judge(node: object) -> str:
        parts = [judge(one) for one in getattr(node, "args", ())]
        if isinstance(node, licensing.OR):
            return "" if "" in parts else parts[0]
        if isinstance(node, licensing.AND):
            return next((part for part in parts if part), "")
        name = str(getattr(getattr(node, "license_symbol", node), "key", node))
        if name in policy.denied:
            return f"the policy denies {name}"
        return "" if not policy.allowed or name in policy.allowed else f"the policy does not allow {name}"

    return judge(licensing.parse(spdx))
