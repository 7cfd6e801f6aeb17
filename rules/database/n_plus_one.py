"""Questions to the database that are asked once per element."""

from collections.abc import Iterator

from auditor.rule import Finding, Project, ProjectRule, RepeatedQuery, Severity

SHOP = """
        # file: shop/models.py
        from django.db import models

        class Rows(models.QuerySet):
            def open(self):
                return self.filter(open=True)

            def whole(self):
                return self.select_related("customer").prefetch_related("lines__order")

        class Customer(models.Model):
            name = models.TextField()

        class Order(models.Model):
            customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
            objects = models.Manager.from_queryset(Rows)()

        class Line(models.Model):
            order = models.ForeignKey(Order, related_name="lines", on_delete=models.CASCADE)
            stock = models.IntegerField()
"""
"""Three models of Django."""
TABLES = """
        # file: shop/tables.py
        from sqlalchemy import ForeignKey, select
        from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

        class Base(DeclarativeBase):
            pass

        class Customer(Base):
            __tablename__ = "customer"
            id: Mapped[int] = mapped_column(primary_key=True)
            orders: Mapped[list["Order"]] = relationship(back_populates="customer")

        class Order(Base):
            __tablename__ = "order"
            id: Mapped[int] = mapped_column(primary_key=True)
            customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
            customer: Mapped[Customer] = relationship(back_populates="orders")
"""
"""Two tables of SQLAlchemy."""


class NPlusOne(ProjectRule):
    """
    A page with ten rows is fast and the same page with a thousand rows is not: each element costs a way to the database
    and back. Load relations with the query that feeds the loop (`select_related`, `prefetch_related`, `joinedload`,
    `selectinload`), ask once for all keys (`__in`, `in_`), and write in bulk.
    """

    title = "query made once per element"
    severity = Severity.MEDIUM
    cwe = (1073,)
    bad = [
        SHOP
        + """
        from functools import partial
        from itertools import chain

        def list_orders():
            return [order.customer.name for order in Order.objects.all()]  # <-

        def numbers(request):
            found = []
            for order in Order.objects.order_by("pk"):
                found.append([(place, line.stock) for place, line in enumerate(order.lines.all())])  # <-
                if order.lines.filter(stock=0).exists():  # <-
                    found.append(0)
            return found

        def stocks():
            return [order.lines.values("stock").distinct().count() for order in Order.objects.all()]  # <-

        def every(orders):
            return list(chain.from_iterable(order.lines.all() for order in orders))  # <-

        def of_stock(order, stock):
            return order.lines.filter(stock=stock).first()  # <-

        def firsts():
            pick = partial(of_stock, stock=1)
            return list(map(pick, Order.objects.all()))

        def take(items):
            for item in items:
                line = Line.objects.get(pk=item["pk"])  # <-
                line.stock -= item["number"]
                line.save()  # <-
        """,
        TABLES
        + """
        def report(session: Session):
            for customer in session.scalars(select(Customer)):
                print(len(customer.orders))  # <-

        def names(session: Session, keys):
            return {key: session.get(Customer, key) for key in keys}  # <-

        class Customers:
            def of(self, session, order):
                return session.scalars(select(Customer).where(Customer.id == order.customer_id)).first()  # <-

        class Orders:
            def open(self, session: Session):
                return session.scalars(select(Order)).all()

        customers, orders = Customers(), Orders()
        def pairs(session: Session):
            return [(order.id, customers.of(session, order)) for order in orders.open(session)]
        """,
        SHOP
        + """
            def __str__(self):
                return self.order.customer.name  # <-

        # file: shop/api.py
        from rest_framework import serializers, viewsets
        from shop.models import Line, Order

        class LineSerializer(serializers.ModelSerializer):
            class Meta:
                model = Line
                fields = ["id"]

        class OrderSerializer(serializers.ModelSerializer):
            lines = LineSerializer(many=True)  # <-
            name = serializers.CharField(source="customer.name")  # <-
            count = serializers.SerializerMethodField()

            class Meta:
                model = Order
                fields = ["id", "customer", "lines", "name", "count"]

            def get_count(self, order):
                return order.lines.filter(open=True).count()  # <-

        class OrderView(viewsets.ModelViewSet):
            queryset = Order.objects.open()
            serializer_class = OrderSerializer

        # file: shop/admin.py
        from django.contrib import admin
        from shop.models import Line, Order

        @admin.register(Order)
        class OrderAdmin(admin.ModelAdmin):
            list_display = ["pk", "count"]

            def count(self, order):
                return order.lines.count()  # <-

        @admin.register(Line)
        class LineAdmin(admin.ModelAdmin):
            list_select_related = ["order"]
        """,
    ]
    good = [
        SHOP
        + """
        from django.db.models import Prefetch

        def orders():
            return Order.objects.select_related("customer")

        def list_orders():
            return [order.customer.name for order in orders().filter(open=True)]

        def keys():
            return [order.customer_id for order in Order.objects.all()]

        def lines(request):
            orders = Order.objects.prefetch_related(Prefetch("lines", queryset=Line.objects.select_related("order__customer")))
            return [[line.order.customer.name for line in order.lines.all()] for order in orders]

        def back(order):
            return [line.order.pk for line in order.lines.all()]
        """,
        TABLES.replace('"orders")', '"orders", lazy="joined")')
        + """
        from sqlalchemy.orm import selectinload

        def report(session: Session):
            statement = select(Customer).options(selectinload(Customer.orders))
            return [[order.customer for order in customer.orders] for customer in session.scalars(statement)]

        def add(session: Session, rows):
            for row in rows:
                session.add(Order(customer_id=row["customer"]))
            session.flush()
        """,
        SHOP
        + """
        from functools import lru_cache

        @lru_cache
        def known(key):
            return Order.objects.get(pk=key)

        def prices(rows, chunks):
            for key in (1, 2):
                Order.objects.get(pk=key)
            for keys in chunks:
                list(Order.objects.filter(pk__in=keys))
            for candidate in rows:
                found = Order.objects.filter(pk=candidate).first()
                if found:
                    return found
            return [known(row["key"]) for row in rows]

        def close(order, customer=None):
            if customer is not None:
                customer = Customer.objects.get(pk=customer)
            return customer

        def close_all(orders):
            return [close(order) for order in orders]

        def overview(batch_size, keys):
            orders = Order.objects.select_related("customer")
            orders = orders.filter(open=True)
            orders = [order for order in orders if order.pk in keys]
            for start in range(0, len(keys), batch_size):
                Order.objects.filter(pk__in=keys[start:start + batch_size]).delete()
            made = []
            for key in keys:
                order = Order(customer=Customer(name=key))
                made.append((order, order.customer.name))
            return [order.customer.name for order in orders]
        """,
        SHOP
        + """
        # file: shop/api.py
        from rest_framework import serializers, viewsets
        from shop.models import Order

        class OrderSerializer(serializers.ModelSerializer):
            name = serializers.CharField(source="customer.name")

            class Meta:
                model = Order
                fields = ["id", "customer", "lines", "name"]

        class OrderView(viewsets.ModelViewSet):
            serializer_class = OrderSerializer

            def get_queryset(self):
                return Order.objects.whole().filter(owner=self.request.user)

        # file: shop/admin.py
        from django.contrib import admin
        from shop.models import Order

        @admin.register(Order)
        class OrderAdmin(admin.ModelAdmin):
            list_display = ["customer", "name"]

            def name(self, order):
                return order.customer.name

        # file: shop/mail.py
        from shop.models import Order

        def names(orders):
            for order in orders:
                yield order.customer.name

        def remind():
            return list(names(Order.objects.whole()))
        """,
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        for one in project.repeated_queries:
            yield self.finding(
                one.location,
                _message(one),
                confidence=one.confidence,
                path=one.hops,
                related=one.others,
                facts={"repeats": one.source or "while", "kind": one.kind} | ({"loads": one.relation} if one.relation else {}),
            )


def _message(one: RepeatedQuery) -> str:
    what = "statement" if one.kind == "write" else "query"
    way = f" through {' → '.join(one.through)}" if one.through else ""
    if one.by == "template":
        return f"{one.function} asks {one.text} and no code reads it: a template that shows it in a list asks once per row"
    each = f"one {what} for every {one.element} in {one.source if one.by == 'page' else one.function}{way}"
    if one.kind not in ("one", "many"):
        return f"{each}: {one.text} is asked once per element of {one.source or 'the loop'}"
    return f"{each}: {one.lacking} not loaded by the query that feeds the {one.by}"
