"""What is known by its name to open one connection and to need no pool: functions that run once, probes, scripts."""

import re

ONCE = re.compile(
    r"^_*(?:main|run(?!_(?:\w+_)?(?:report|quer(?:y|ies)|sql|statement|select|search|export))|cli|setup|on_(?:load|start\w*|boot)|init|initiali[sz]e|install|migrate|upgrade|seed|validate|test_connection|check_|create_app|make_app|lifespan|startup|configure|__init__"
    r"|(?:create|delete|drop|recreate|ensure|provision|wait_for)_(?:\w+_)?(?:database|db|tables?|schema)|can_connect|is_alive)"
    r"|_once$|engine_once"
)
PROBES = re.compile(
    r"^_*(?:can_connect|(?:try|test|check|verify|validate|probe)_?(?:\w+_)?(?:connect(?:ion|ivity)?|credentials))(?:_|$)"
)
"""Functions that only ask whether a database lets somebody in."""
ONE_OFF = re.compile(
    r"^_*(?:migrate|upgrade|check_|(?:create|delete|drop|recreate)_(?:database|db|tables?|schema)|can_connect|is_alive)"
)
"""Functions that need one connection and no pool."""
ONCE_FILE = re.compile(
    r"(?:^|/)(?:scripts?|commands?|bin|tools?|cli|management|alembic|migrations?)/|(?:^|/)(?:env|manage|setup|cli|__main__)\.py$"
)
