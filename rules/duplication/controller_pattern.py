"""Handlers that all follow one pattern, each written out in full."""

from collections.abc import Iterator

from auditor.rule import Confidence, Finding, Location, Project, ProjectRule, Related, Severity


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
    ]
    good = [
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
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        for family in project.families:
            first, *others = family.members
            differs = f"; they differ in {', '.join(family.differs[:4])}" if family.differs else ""
            yield self.finding(
                Location(first.path, first.line, 1, first.end_line),
                f"{len(family.members)} handlers follow one skeleton{differs}; one {family.name} would save {family.saves} lines",
                related=tuple(Related(Location(m.path, m.line, 1, m.end_line), m.name) for m in others),
                facts={
                    "members": ", ".join(member.name for member in family.members),
                    "skeleton": " → ".join(family.skeleton),
                    "differs": ", ".join(family.differs),
                    "removable_lines": str(family.saves),
                    "suggested_name": family.name,
                },
            )
