"""How closely a value has to come from outside, as `Outside` names it, and what shows that somebody has seen to it before."""

import re

NAMED = ("given", "named")
"""Where what a command is given counts as well, through whatever makes numbers and paths of it."""
TYPED_ONLY = "typed"
"""Where only that counts which whoever starts a command or task gives."""
CONTENT = ("raw", "sent", "keys")
"""Where what a file holds counts that whoever starts a command or task has named."""
TO_TASKS = ("raw", "sent", "named", "told", TYPED_ONLY)
"""Where what a task is given counts: text like any other. Nobody sends one what only the code decides, kinds and switches."""
VALIDATED = re.compile(r"\b(?:cleaned_data|validated_data)\b")
ASKS_THE_FORM = re.compile(r"(?:\A|\.)(?:is_valid|validate_on_submit)\Z")
SIGNED = re.compile(r"\bunsign\b|\bsigning\.loads\b")
UNSIGNS = re.compile(r"\b(?:salt|max_age)\s*=|\A(?!.*verify_signature\W+False).*\balgorithms\s*=", re.DOTALL)
"""What was signed by the application itself was made by it: a token's claims are no outside input."""
FETCHES = re.compile(r"\.fetch(?:one|all|many|val)\(\)\Z")
"""What a cursor hands out was asked for by what it executed."""
PICKED = re.compile(r"(?<=[\w)\]])\[[^\[\]]*\]")
"""What is picked out of a value, `images[key]`: who chooses the key does not choose what lies there."""
PARTS = re.compile(r"\.r?split\(\)\Z")
"""What takes a text apart: whoever asks for a pattern of the whole knows its parts."""
