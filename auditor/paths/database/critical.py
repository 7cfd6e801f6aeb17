"""Which models are critical, by the settings, their names or their columns, and which column marks a row of one as deleted."""

import re

from auditor.paths.calls.graph import Graph
from auditor.paths.names.symbol import Symbol

SOFT = re.compile(
    r"^(?:is_?)?(?:soft_?)?(?:deleted|removed|archived|trashed)(?:_?(?:at|on|date|time|by))?$|^date_?deleted$|^(?:is_)?active_until$",
    re.IGNORECASE,
)
ACTOR = re.compile(
    r"^(?:created|updated|modified|changed|deleted|approved|edited|issued|reported|recorded|last_modified|last_changed)_by(?:_id)?$"
    r"|^(?:creator|modifier|author|approver|reporter|issuer)(?:_id)?$"
)
MAKER = re.compile(r"^(?:creator|author|reporter|issuer)(?:_id)?$")
PERSON = re.compile(r"user|account|member|staff|employee|person|profile|admin|agent|operator|customer|client", re.IGNORECASE)
CRITICAL = re.compile(
    r"user|account|tenant|organi[sz]ation|organizer|customer|member(?:ship)?$|client$|patient|employee|student|person$|profile|company|workspace"
    r"|order|invoice|payment|transaction|refund|charge|subscription|billing|contract|credit|wallet|ledger|payout|donation|purchase"
    r"|ticket|booking|reservation|appointment|registration|enrol|prescription|claim|policy|audit|shipment|consignment|stock|product|event$",
    re.IGNORECASE,
)
PASSING = re.compile(
    r"session|token|cache|temp|tmp|draft|sync|sharegrant|log(?:entry)?s?$|otp|nonce|lock|queue|push|link|through|relation|assoc|device|webhook|notification"
    r"|setting|preference|permission|credential|apikey|api_key|invitation|invite|verification|reset|attempt|import|export|job|task|cart"
    r"|basket|wishlist|favou?rite|like|view|visit|history|oauth|apiuser|follow|subscriber|bookmark|reaction|(?<!credit)(?<!debit)(?<!delivery)(?<!shipping)note$|rule|option|price|image|(?<!pro)file|attachment|comment|tag|category|address|translation|meta",
    re.IGNORECASE,
)
AUDIT = re.compile(r"(?:\A|[a-z])Audit(?:Log|Trail)?(?:Entry|Record|Event)?\Z")
"""What keeps who did what."""
HELD = re.compile(r"(?:reservation|booking|claim)$", re.IGNORECASE)
ENDS = re.compile(r"^(?:expires?|expiry|expiration|held_until|valid_until)(?:_(?:at|on|date|time))?$", re.IGNORECASE)
"""What is held for a while ends by itself: it is no record of what was agreed."""
PAID = re.compile(
    r"(?:^|_)(?:plan|price|amount|paid|billing|stripe|renew|period|status|state|cancel|trial|seats|start|end|expir|valid|customer|tenant"
    r"|organi)"
)
"""What a subscription has that somebody pays for; without any it is a wish to be told of news."""
ACTED = re.compile(r"^(?:user|actor|member|account|performed_by|initiator|who|by|ip|ip_address|username)(?:_id)?$|_by(?:_id)?$")
DONE = re.compile(
    r"action|verb|operation|event_?(?:type|name|code)|payload|changes|diff|old_|new_|details?$|message$|object_|target|content_type"
)
"""What a record of something that somebody did has; an event without them may be a concert."""
TRADED = re.compile(r"(?:^|_)(?:price|amount|sku|stock|currency|quantity|cost|premium|holder|insured|customer|seller|vendor)")
"""What a product that is sold has, or a policy that somebody took out: others are data, and settings."""
KEY = re.compile(r"(?:\A|_)(?:id|pk)\Z|_(?:at|on|by|by_id)\Z|\A_")
"""What a row that joins two others has and no more: their keys, its own, when it was made and by whom."""
MONEY = re.compile(r"(?:^|_)(?:plan|price|amount|paid|pay|billing|stripe|renew|expir|fee|invoice)")


class Critical:
    """Answers for one project's models. `named` are those that the settings call critical; without any, words tell."""

    def __init__(self, graph: Graph, named: frozenset[str] = frozenset()) -> None:
        self.graph = graph
        self.named = named

    def why(self, model: Symbol) -> str:
        """Why a model's rows must not be lost, in a few words; empty where nothing says so."""
        name = self.graph.symbols.definition(model).name
        if self.named:
            return "by the settings" if name in self.named else ""
        words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).split()
        if name.endswith("Subscription") and not any(map(PAID.search, self.columns(model))):
            return ""
        if model == self.graph.symbols.accounts.model:
            return "as the one that holds the accounts"
        if self._is_link(model, name, words):
            return ""
        if name.endswith(("Client", "Application")) and "client_secret" in self.columns(model):
            return ""
        if AUDIT.search(name):
            return "by its name"
        if PASSING.search(name) or (HELD.search(name) and any(ENDS.match(column) for column in self.columns(model))):
            return ""
        if any(CRITICAL.fullmatch(word) or (CRITICAL.match(word) and len(words) == 1) for word in words[-1:]):
            return "by its name"
        actor = next((column for column in self.columns(model) if ACTOR.match(column) and self._is_person(model, column)), "")
        return f"since it records who did it ({actor})" if actor else ""

    def is_doubtful(self, model: Symbol) -> bool:
        """Whether a word with two meanings is all that makes a model critical: an event is an entry of a log or a concert, a
        product something sold or a satellite's picture.
        """
        name = self.graph.symbols.definition(model).name
        if not self.named and name.endswith(("Product", "Policy")):
            return not any(map(TRADED.search, self.columns(model)))
        if self.named or not name.endswith("Event"):
            return False
        columns = self.columns(model)
        return not (any(map(ACTED.search, columns)) and any(map(DONE.search, columns)))

    def _is_person(self, model: Symbol, column: str) -> bool:
        """Whether a column leads to who uses the application, as far as anything says: the author of a book does not."""
        relation = self.graph.symbols.relations.of(model).get(column.removesuffix("_id"))
        if not MAKER.match(column):
            return True
        return bool(PERSON.search(relation.model)) if relation is not None else column.endswith("_id")

    def _is_link(self, model: Symbol, name: str, words: list[str]) -> bool:
        """Whether a row only joins two others, who may come and go: `ProjectMember`, `Membership`, `PollAnswerUser`."""
        relations = self.graph.symbols.members.relations.of(model).values()
        columns = self.columns(model)
        # `UserOrganization` with a `user` and an `organization`.
        called = len(words) > 1 and {word.lower() for word in words} <= {one.name.removesuffix("_id") for one in relations}
        ends = ("Member", "Membership", *(("User", "Event") if len(words) > 1 else ()))
        if not called and not name.endswith(ends):
            return False
        keys = sum(column.endswith("_id") for column in columns)
        joins = len({one.name for one in relations if not one.many}) > 1 or (keys > 1 and all(map(KEY.search, columns)))
        return joins and not any(map(MONEY.search, columns))

    def columns(self, model: Symbol) -> list[str]:
        """The columns of a model, inherited ones included, in the order of the source."""
        found: list[str] = []
        for klass in self.graph.symbols.classes.mro(model):
            if klass.kind == "class":
                found += self.graph.symbols.table(klass.path).by_scope.get(klass.place, ())
        return found

    def soft_column(self, model: Symbol) -> str:
        """The column that marks a row as deleted; empty where there is none."""
        return next((column for column in self.columns(model) if SOFT.match(column)), "")
