"""Families of handlers tell what their members share, in what they differ, and how many lines one base would save."""

import pytest

from auditor.clones.families import Family, families
from tests.clones.planting import read_file

SHOW = """
def show_{thing}(request, pk):
    {thing} = {model}.objects.filter(owner=request.user, pk=pk).first()
    if {thing} is None:
        raise Http404(pk)
    if not request.user.can_see({thing}):
        log.warning("no right to %s", pk)
        return forbidden(request)
    return render(request, "{thing}.html", {{"it": {thing}}})
"""


def found(**files: str) -> tuple[Family, ...]:
    """The families among files given by name."""
    return families({f"{name}.py": read_file(f"{name}.py", text.encode()) for name, text in files.items()})


def shown(*things: str) -> str:
    return "\n".join(SHOW.format(thing=thing, model=thing.title()) for thing in things)


def test_a_family_names_its_members_its_steps_and_the_places_at_which_they_differ() -> None:
    (family,) = found(views=shown("order", "invoice"), more_views=shown("parcel"))
    assert [member.name for member in family.members] == ["show_parcel", "show_order", "show_invoice"]
    assert family.skeleton[0] == "def …()"
    assert family.skeleton[1] == "filter() first()"
    assert family.skeleton[-1] == "return render()"
    assert family.differs[:2] == ("Parcel / Order / Invoice", '"parcel.html" / "order.html" / "invoice.html"')


def test_the_lines_saved_are_those_of_all_but_one_without_a_head_and_a_call_for_each() -> None:
    (family,) = found(views=shown("order", "invoice", "parcel"))
    assert family.saves == 3 * 8 - 8 - 1 - 3 * 2


def test_a_step_that_one_member_does_otherwise_is_not_shared() -> None:
    other = shown("parcel").replace('log.warning("no right to %s", pk)', "self.refused += 1")
    (family,) = found(views=shown("order", "invoice", "basket") + other)
    assert "warning()" not in family.skeleton
    assert len(family.members) == 4


def test_a_member_that_shares_little_does_not_spoil_the_family_of_the_others() -> None:
    far = (
        SHOW.format(thing="guest", model="Guest")
        .replace("raise Http404(pk)", "pk = 1")
        .replace("return forbidden(request)", "pass")
    )
    far = far.replace("guest = Guest", "request.seen = 1\n    guest = Guest").replace(
        'log.warning("no right to %s", pk)', "x = 2"
    )
    (family,) = found(views=shown("order", "invoice", "parcel", "basket") + far)
    assert {member.name for member in family.members} >= {"show_order", "show_invoice", "show_parcel", "show_basket"}
    assert "return forbidden()" in family.skeleton


def test_members_of_which_some_check_otherwise_are_one_family() -> None:
    check = (
        '    if not request.user.can_see({0}):\n        log.warning("no right to %s", pk)\n        return forbidden(request)\n'
    )
    strict = "".join(
        shown(thing).replace(check.format(thing), f"    if {thing}.owner != request.user:\n        raise PermissionDenied(pk)\n")
        for thing in ("guest", "locker", "ticket")
    )
    (family,) = found(views=shown("order", "invoice", "parcel", "basket", "room") + strict)
    assert len(family.members) == 8
    assert "forbidden()" not in " ".join(family.skeleton)


def test_functions_that_serve_no_outside_work_are_no_family() -> None:
    assert found(money=shown("order", "invoice", "parcel").replace("request", "desk")) == ()


def test_functions_that_are_handed_a_request_serve_outside_work_wherever_they_stand() -> None:
    (family,) = found(money=shown("order", "invoice", "parcel"))
    assert len(family.members) == 3


SHORT = """
class {thing}Edit(View):
    def post(self, request, pk):
        {thing} = get_object_or_404({thing}, pk=pk)
        if {thing}.host_id != request.user.pk and not request.user.is_staff:
            return JsonResponse({{"error": "forbidden"}}, status=403)
        {field} = request.POST.get("{field}", "").strip()
        if not {field}:
            return JsonResponse({{"error": "{field} is needed"}}, status=400)
        {thing}.{field} = {field}
        {thing}.save(update_fields=["{field}"])
        return JsonResponse({{"id": {thing}.pk}})
"""


def test_short_members_that_hardly_differ_are_a_family() -> None:
    texts = (SHORT.format(thing=thing, field=field) for thing, field in (("Talk", "title"), ("Room", "name"), ("Seat", "reason")))
    (family,) = found(views="\n".join(texts))
    assert len(family.members) == 3


NOTE = """
class {thing}Note(HTTPEndpoint):
    @requires("{role}")
    async def post(self, request: Request):
        wanted = await read(request, Text)
        async with unit_of_work() as session:
            {thing} = await require(session, {thing}, request.path_params["id"], "{thing}")
            if {asked}:
                raise Forbidden("not your {thing}")
            if {thing}.state == "{state}":
                raise Conflict("the {thing} is closed")
            {thing}.{field} = wanted.text
        return JSONResponse({{"id": {thing}.id, "{field}": {thing}.{field}}})
"""


def test_members_that_check_and_set_within_a_transaction_are_a_family() -> None:
    asked = (
        "ticket.creator != request.user.name",
        "plan.created_by != request.user.name",
        "bill.amount > 9 and not request.rich",
    )
    texts = (
        NOTE.format(thing=thing, role=role, asked=said, state=state, field=field)
        for thing, role, said, state, field in (
            ("ticket", "authenticated", asked[0], "shut", "text"),
            ("plan", "authenticated", asked[1], "paid", "key"),
            ("bill", "master", asked[2], "done", "reference"),
        )
    )
    (family,) = found(routes="\n".join(texts))
    assert len(family.members) == 3


def test_two_of_a_kind_are_none() -> None:
    assert found(views="\n".join(SHORT.format(thing=thing, field="title") for thing in ("Talk", "Room"))) == ()


def test_a_routers_decorator_makes_a_handler_wherever_it_stands() -> None:
    routed = shown("order", "invoice", "parcel").replace("def show", '@desk.get("/show")\ndef show')
    (family,) = found(desk=routed)
    assert [member.name for member in family.members] == ["show_order", "show_invoice", "show_parcel"]


def test_a_decorator_and_what_it_makes_are_one_member() -> None:
    steps = "    rights = policy.ask(request.user, shop)\n    if rights.refused:\n        log.warning('no right %s', shop)\n"
    steps += "        raise Refused(rights.code, shop)\n    request.rights = rights\n    audit.note(shop, rights)\n"
    inner = "    def wrapped(request, shop):\n" + steps.replace("    ", "        ", 1).replace("\n    ", "\n        ")
    outer = "def guarded(request, shop):\n" + steps + inner + "    return wrapped\n"
    assert found(views=outer + "\n\ndef enter(request, shop):\n" + steps) == ()


def test_a_base_that_the_members_share_in_name_is_named_once() -> None:
    classes = "".join(
        f"\n\nclass Base{thing}View:\n{SHOW.format(thing=thing.lower(), model=thing)}" for thing in ("Order", "Room", "Bill")
    )
    text = classes.replace("\ndef ", "\n    def ").replace("\n    ", "\n        ").replace("        def ", "    def ")
    (family,) = found(views=text)
    assert family.name == "BaseView"


RESOURCE = SHORT.replace("{thing}Edit(View)", "{thing}(BASE)").replace("def post(self, request, pk)", "def METHOD(self, pk)")


@pytest.mark.parametrize(
    ("base", "method", "families"),
    [("Resource", "put", 1), ("http.Endpoint", "post", 1), ("Model", "put", 0), ("Resource", "fill", 0)],
)
def test_a_method_of_http_of_what_answers_requests_is_a_handler_wherever_it_stands(base: str, method: str, families: int) -> None:
    text = RESOURCE.replace("BASE", base).replace("METHOD", method)
    texts = (text.format(thing=thing, field=field) for thing, field in (("Talk", "title"), ("Room", "name"), ("Seat", "reason")))
    assert len(found(desk="\n".join(texts))) == families


def test_a_class_that_is_routed_itself_holds_handlers() -> None:
    text = RESOURCE.replace("(BASE)", "").replace("METHOD", "put").replace("class", '@desk.route("/{thing}")\nclass')
    texts = (text.format(thing=thing, field=field) for thing, field in (("Talk", "title"), ("Room", "name"), ("Seat", "reason")))
    assert len(found(desk="\n".join(texts))) == 1
