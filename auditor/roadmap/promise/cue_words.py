"""The words that make a figure a goal, a baseline, a change or an aside: those before it and those after it."""

import re
from enum import Enum


class Role(Enum):
    """What a figure is in its sentence."""

    GOAL = "goal"
    BASELINE = "baseline"
    CHANGE = "change"
    ASIDE = "aside"
    FREE = "free"


_BEFORE: tuple[tuple[str, Role, str], ...] = (
    (r"<|under(?! control)|below|beneath|(?:less|fewer|lower|smaller|faster|shorter|quicker) than|sub-?", Role.GOAL, "<"),
    (r"<=|at or (?:below|under|lower than|less than)|(?:below|under|equal) or (?:equal(?: to)?|below)|at most|"
     r"max\.?|maximum(?: of)?|(?:no|not) (?:more|longer|slower|greater|higher|larger|bigger|later|worse) than|"
     r"(?:not|never|n't) (?:to |let (?:it|them|that|this) )?(?:grow|rise|increase|climb|go|get|creep|be)s? "
     r"(?:beyond|above|over|past|higher than|more than)|"
     r"within|(?:not?|never) (?:to )?(?:exceed|exceeding|above|over)|(?:does|do|must|should|shall|may|will|can) ?not "
     r"(?:exceed|be (?:above|over|more than))|capped (?:at|to)|cap (?:of|at)|limit(?:ed)? (?:to|of)|ceiling(?: of)?|"
     r"upper (?:limit|bound)(?: of)?|bounded by|less than or equal(?: to)?", Role.GOAL, "<="),
    (r">|over|above|(?:more|greater|higher|better|larger) than|exceed(?:s|ing)?|beyond|north of|past|slower than|"
     r"longer than",
     Role.GOAL, ">"),
    (r">=|at or (?:above|over|higher than|better than)|(?:above|over|equal) or (?:equal(?: to)?|above)|at least|"
     r"min\.?|minimum(?: of)?|(?:no|not) (?:less|fewer|lower|worse) than|(?:not?|never|n't) (?:[a-z]+ )?(?:below|under)|"
     r"floor(?: of)?|"
     r"greater than or equal(?: to)?|more than or equal(?: to)?", Role.GOAL, ">="),
    (r"==?|exactly|equals?(?: to)?", Role.GOAL, "=="),
    (r"(?:up |down )?to|target(?:ed)?(?: value)?(?: of| is)?|goal(?: of| is)?|aim(?:ing)?(?: for)?|reach(?:es|ed|"
     r"ing)?|achiev(?:e|es|ed|ing)|hit(?:s|ting)?|"
     r"->|should be|must be|shall be|will be|objective(?: is)?|required|slo(?: of)?|(?:maintain|maintained|stay|"
     r"stays|keep|kept|"
     r"held|hold|remain|remains|sustained|stable|steady|steadily)(?: steady| stable)?(?: at)?|needed|desired|"
     r"expect(?:ed)?|want|done|after|future|"
     r"get to|down to|required|commit(?:ment)?|threshold|promise[ds]?|budget(?: of)?|to-be", Role.GOAL, ""),
    (r"from|current(?:ly)?(?: (?:at|is|state|value|level|figure|baseline))?(?: of)?|now|"
     r"today(?:'s)?(?: (?:we are at|it is|is|at))?|was|were|"
     r"baseline(?: is| of| value)?|present(?:ly)?|at present|starting (?:from|at|point(?: is)?)|"
     r"(?<!cold )(?<!warm )start(?:ed)?(?: at|"
     r" value)?|previous(?:ly)?|"
     r"there (?:are|is|were|was)(?: now| still| currently)?|"
     r"vs\.?|versus|compared (?:to|with)|instead of|stands at|sits at|sitting at|hovers (?:at|around)|"
     r"hovering (?:at|around)|"
     r"(?:we are|we're|it is|it's|is now|are now|is at|are at)(?: now| currently| at| around)*|"
     r"rather than|against|actual(?:ly)?|before|down from|up from|(?:last )?measured(?: at)?(?=[\s~:]*\Z)|it (?:has|had)|"
     r"latest|existing|"
     r"status quo|so far|"
     r"where (?:we have|there are|we are at|it is)|at the moment|right now|"
     r"as of (?:today|now)|as-is|initial(?:ly)?|last (?:quarter|month|year|sprint)|had|"
     r"\A\s*(?:is|are|stands|we (?:have|carry|counted))(?: at)?|(?:worst|largest|biggest|highest|longest|"
     r"slowest)(?: one)?(?: is| has| at|:)|"
     r"has been|have been|not(?=[\s~]*\Z)|of the present|(?<=\()(?:is|we (?:have|had|counted|carry|measured)|at)",
     Role.BASELINE, ""),
    (r"(?:remov|delet|retir|drop|sav)ed:", Role.GOAL, ">="),
    (r"by(?: at least| up to| about| around| roughly| approximately| some| more than| over| a further| another|"
     r" an additional| a minimum of| ~|~)*|(?:remov|delet|retir|fix|resolv|clos|eliminat|drop)(?:e|es|ed|"
     r"ing)?|(?:los|shed)(?:es?|s|ing)?(?: at least| about| some| another| more than)*", Role.CHANGE, ""),
    (r"(?:above|over|exceeding|beyond) (?:a )?(?:cyclomatic |cognitive )?complexity(?: of)?|"
     r"stretch(?: goal| target)?(?: of| is)?|ideally|gap|delta|e\.g\.|eg|such as|weight|confidence(?: level)?|"
     r"probability|likelihood|effort|budgeted|alert(?:s|"
     r"ing)?(?: at| above| over)?(?=[\s:~(]*\Z)|fail(?:s)? (?:the build )?"
     r"(?:below|under|above|over|at)|(?:functions?|methods?|modules?|files?|classes) (?:(?!ha[sv]e?\b)\w+ ){0,4}complexity of|"
     r"complexity (?:above|over|more than|greater than|higher than|>=?)|"
     r"older than|later "
     r"(?:target|goal)|n ?=", Role.ASIDE, ""),
)  # fmt: skip
BEFORE_CUES = tuple(
    (re.compile(r"(?<![\w<>=])(?:" + words + r")(?![\w=<>])", re.IGNORECASE), role, comparator)
    for words, role, comparator in _BEFORE
)
_AFTER: tuple[tuple[str, Role, str], ...] = (
    (r"or (?:more|higher|above|greater|over|up)|and (?:above|up|higher|over|more)|minimum\b|at minimum|"
     r"at (?:the )?least", Role.GOAL, ">="),
    (r"or (?:less|lower|below|fewer|under|faster|shorter)|and (?:below|under|less)|maximum\b|max\b|"
     r"at (?:the )?most|tops\b", Role.GOAL, "<="),
    (r"->", Role.BASELINE, ""),
    (r"(?!\W*(?:target|goal)\b)"
     r"(?:\w+ ){0,2}?\(?(?:today|now|currently|at present|presently|at the moment|right now|as of|baseline|as-is|"
     r"before|remaining|outstanding|existing|so far|at (?:the )?(?:start|outset|beginning)|initially|"
     r"(?:at|in|by) (?:the |our )?(?:last|latest|first) (?:count|check|scan|look|measurement|audit|review|run|report)|"
     r"of (?:them|these|those)(?=\W*(?:\(|\Z))|"
     r"in production today|last (?:quarter|month|week|year|sprint)|(?:measured )?in (?:january|february|march|"
     r"april|may|june|july|"
     r"august|september|october|november|december))\b", Role.BASELINE, ""),
    (r"(?:stretch|ideal)\b", Role.ASIDE, ""),
    (r"(?:target|goal)\b", Role.GOAL, ""),
)  # fmt: skip
AFTER_CUES = tuple((re.compile(r"\W{0,2}(?:" + words + ")", re.I), role, comparator) for words, role, comparator in _AFTER)
