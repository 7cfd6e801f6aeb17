"""What has to be seen of a running application for a label to be true, rule by rule."""

import importlib
from collections.abc import Callable

from tests.projects.labels import Label, Place, Scenario
from tests.projects.proofs.sight import Play

START = Scenario(call="GET /")
"""The application is started, and asked for a page that it may not have."""


def proof(rule: str) -> Callable[[Label, Place, Play], None]:
    """The proof of a rule's labels: the function of the rule's name in the module of its pack."""
    pack, _, name = rule.partition("/")
    module = importlib.import_module(f"tests.projects.proofs.{pack}")
    found: Callable[[Label, Place, Play], None] = getattr(module, name.replace("-", "_"))
    return found
