"""Handlers that all follow one pattern, each written out in full."""

import re
from collections.abc import Iterator

from auditor.rule import Confidence, Family, Finding, Location, Project, ProjectRule, Related, Severity

MOST = 12
LEAST_EACH = 2
"""A base that saves every further member fewer lines is seldom worth its name."""
WHAT = {
    "methods of forms": re.compile(r"Form(Mixin|Base)?\."),
    "methods of serializers": re.compile(r"Serializer(Mixin|Base)?\."),
    "commands": re.compile(r"Command\."),
}


class ControllerPattern(ProjectRule):
    """
    Handlers that fetch, check, act and answer in the same steps drift apart one by one: the check that one of them
    forgets is the next hole. One base class or helper holds the steps, and each handler says only what is its own.
    """

    title = "family of handlers with one skeleton"
    severity = Severity.LOW
    confidence = Confidence.MEDIUM
    cwe = (1041,)
    bad = [
        """
        # file: shop/views.py
        def show_order(request, pk):  # <-
            order = Order.objects.filter(owner=request.user, pk=pk).first()
            if order is None:
                raise Http404(pk)
            if not request.user.can_see(order):
                log.warning("no right to %s", pk)
                return forbidden(request)
            return render(request, "order.html", {"order": order})

        def show_invoice(request, pk):
            invoice = Invoice.objects.filter(owner=request.user, pk=pk).first()
            if invoice is None:
                raise Http404(pk)
            if not request.user.can_see(invoice):
                log.warning("no right to %s", pk)
                return forbidden(request)
            return render(request, "invoice.html", {"invoice": invoice})

        def show_parcel(request, pk):
            parcel = Parcel.objects.filter(owner=request.user, pk=pk).first()
            if parcel is None:
                raise Http404(pk)
            if not request.user.can_see(parcel):
                log.warning("no right to %s", pk)
                return forbidden(request)
            return render(request, "parcel.html", {"parcel": parcel})
        """,
        """
        # file: shop/office.py
        async def rename_site(request):  # <-
            site = Site.get_or_none(Site.id == request.match_info["id"])
            if site is None:
                raise web.HTTPNotFound(text="no such site")
            if not request["staff"]:
                raise web.HTTPForbidden()
            name = str((await request.post()).get("name", "")).strip()
            if not name:
                raise web.HTTPBadRequest(text="name")
            site.name = name
            site.save()
            return web.json_response({"id": site.id, "name": name})

        async def rename_courier(request):
            courier = Courier.get_or_none(Courier.id == request.match_info["id"])
            if courier is None:
                raise web.HTTPNotFound(text="no such courier")
            if not request["staff"]:
                raise web.HTTPForbidden()
            name = str((await request.post()).get("name", "")).strip()
            if not name:
                raise web.HTTPBadRequest(text="name")
            courier.name = name
            courier.save()
            return web.json_response({"id": courier.id, "name": name})

        async def rename_shelf(request):
            shelf = Shelf.get_or_none(Shelf.id == request.match_info["id"])
            if shelf is None:
                raise web.HTTPNotFound(text="no such shelf")
            if not request["staff"]:
                raise web.HTTPForbidden()
            name = str((await request.post()).get("name", "")).strip()
            if not name:
                raise web.HTTPBadRequest(text="name")
            shelf.name = name
            shelf.save()
            return web.json_response({"id": shelf.id, "name": name})
        """,
    ]
    good = [
        """
        # file: shop/commands.py
        class PackCommand:
            def add_arguments(self, parser):
                parser.add_argument("-s", "--source", dest="source", help="where from", default="")
                parser.add_argument("-d", "--dest", dest="dest", help="where to", default="")
                parser.add_argument("-n", "--name", dest="name", help="what it is called", default="")

        class ShipCommand:
            def add_arguments(self, parser):
                parser.add_argument("-s", "--ship", dest="ship", help="which ship", default="")
                parser.add_argument("-p", "--port", dest="port", help="which port", default="")
                parser.add_argument("-n", "--name", dest="name", help="what it is called", default="")

        class SendCommand:
            def add_arguments(self, parser):
                parser.add_argument("-s", "--source", dest="source", help="where from", default="")
                parser.add_argument("-t", "--to", dest="to", help="who gets it", default="")
                parser.add_argument("-n", "--name", dest="name", help="what it is called", default="")
        """,
        """
        # file: shop/views.py
        def show_order(request, pk):
            return show(request, Order, pk)

        def show_invoice(request, pk):
            return show(request, Invoice, pk)

        def show_parcel(request, pk):
            return show(request, Parcel, pk)
        """,
        """
        # file: shop/views.py
        def show_order(request, pk):
            order = Order.objects.filter(owner=request.user, pk=pk).first()
            if order is None:
                raise Http404(pk)
            if not request.user.can_see(order):
                return forbidden(request)
            return render(request, "order.html", {"order": order})

        def show_invoice(request, pk):
            invoice = Invoice.objects.filter(owner=request.user, pk=pk).first()
            if invoice is None:
                raise Http404(pk)
            if not request.user.can_see(invoice):
                return forbidden(request)
            return render(request, "invoice.html", {"invoice": invoice})
        """,
        """
        # file: shop/views.py
        def order_rows(request, shop):
            rows = []
            for order in shop.orders.filter(open=True):
                rows.append({"number": order.number, "total": order.total})
            return rows

        def guest_rows(request, house):
            rows = []
            for guest in house.guests_of(request.day):
                if guest.is_here:
                    rows.append([guest.name, guest.room.name, guest.until])
            return rows

        def menu_rows(request, kitchen):
            rows = []
            for dish, price in kitchen.menu.items():
                rows.append(Row(dish.title, price.rounded(), vegan=dish.vegan))
            return rows
        """,
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        for family in project.families:
            first, *others = family.members
            differs = f"; they differ in {', '.join(family.differs[:3])}" if family.differs else ""
            said = f"{len(family.members)} {_what(family)} follow one skeleton{differs}"
            yield self.finding(
                Location(first.path, first.line, 1, first.end_line),
                f"{said}; one {family.name} would save {family.saves} lines",
                confidence=Confidence.LOW if family.saves < LEAST_EACH * len(others) else self.confidence,
                related=tuple(Related(Location(m.path, m.line, 1, m.end_line), m.name) for m in others),
                facts={
                    "members": ", ".join(member.name for member in family.members),
                    "skeleton": " → ".join(family.skeleton),
                    "differs": ", ".join(family.differs[:MOST]),
                    "removable_lines": str(family.saves),
                    "suggested_name": family.name,
                },
            )


def _what(family: Family) -> str:
    """What the members are: handlers, unless the names of all their classes tell otherwise."""
    return next((what for what, names in WHAT.items() if all(names.search(member.name) for member in family.members)), "handlers")
