"""Questions to the database that are asked once per element."""

from collections.abc import Iterator

from auditor.rule import Finding, Project, ProjectRule, RepeatedQuery, Severity


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
        """
        from django.db import models

        class Customer(models.Model):
            name = models.TextField()

        class Order(models.Model):
            customer = models.ForeignKey(Customer, on_delete=models.CASCADE)

        def list_orders():
            return [order.customer.name for order in Order.objects.all()]  # <-
        """,
        """
        # file: shop/models.py
        from django.db import models

        class Author(models.Model):
            name = models.TextField()

        class Book(models.Model):
            author = models.ForeignKey(Author, related_name="books", on_delete=models.CASCADE)

        # file: shop/views.py
        from shop.models import Author

        def shelves(request):
            found = []
            for author in Author.objects.order_by("name"):
                found.append([book.title for book in author.books.all()])  # <-
                if author.books.filter(new=True).exists():  # <-
                    found.append("new")
            return found
        """,
        """
        # file: shop/models.py
        from django.db import models

        class Customer(models.Model):
            name = models.TextField()

        class Order(models.Model):
            customer = models.ForeignKey(Customer, on_delete=models.CASCADE)

            @property
            def title(self):
                return f"for {self.customer.name}"  # <-

        # file: shop/views.py
        from shop.models import Order

        def row(order):
            return {"title": order.title}

        def rows():
            return [row(order) for order in Order.objects.filter(open=True)]
        """,
        """
        from django.db import models

        class Stock(models.Model):
            number = models.IntegerField()

        def book(items):
            for item in items:
                stock = Stock.objects.get(pk=item["pk"])  # <-
                stock.number -= item["number"]
                stock.save()  # <-
        """,
        """
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

        def report(session: Session):
            for customer in session.scalars(select(Customer)):
                print(len(customer.orders))  # <-

        def names(session: Session, keys):
            return {key: session.get(Customer, key) for key in keys}  # <-
        """,
        """
        # file: shop/models.py
        from django.db import models

        class Customer(models.Model):
            name = models.TextField()

        class Order(models.Model):
            customer = models.ForeignKey(Customer, on_delete=models.CASCADE)

            def __str__(self):
                return self.customer.name  # <-

        class Line(models.Model):
            order = models.ForeignKey(Order, related_name="lines", on_delete=models.CASCADE)

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
            queryset = Order.objects.all()
            serializer_class = OrderSerializer

        # file: shop/admin.py
        from django.contrib import admin
        from shop.models import Order

        @admin.register(Order)
        class OrderAdmin(admin.ModelAdmin):
            list_display = ["__str__", "count"]

            def count(self, order):
                return order.lines.count()  # <-
        """,
        """
        # file: shop/models.py
        from django.db import models

        class Rows(models.QuerySet):
            def open(self):
                return self.filter(open=True)

        class Customer(models.Model):
            name = models.TextField()

        class Order(models.Model):
            customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
            objects = Rows.as_manager()

        # file: shop/mail.py
        from shop.models import Order

        def names(orders):
            for order in orders:
                yield order.customer.name  # <-

        def remind():
            return list(names(Order.objects.open()))
        """,
    ]
    good = [
        """
        # file: shop/models.py
        from django.db import models

        class Rows(models.QuerySet):
            def shown(self):
                return self.select_related("customer").prefetch_related("lines")

        class Customer(models.Model):
            name = models.TextField()

        class Order(models.Model):
            customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
            objects = models.Manager.from_queryset(Rows)()

        class Line(models.Model):
            order = models.ForeignKey(Order, related_name="lines", on_delete=models.CASCADE)

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
                return Order.objects.shown().filter(owner=self.request.user)

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
            return list(names(Order.objects.shown()))
        """,
        """
        from django.db import models

        class Category(models.Model):
            name = models.TextField()

        class Item(models.Model):
            category = models.ForeignKey(Category, on_delete=models.CASCADE)

        def overview(batch_size, keys):
            items = Item.objects.select_related("category")
            items = items.filter(open=True)
            items = [item for item in items if item.pk in keys]
            for start in range(0, len(keys), batch_size):
                Item.objects.filter(pk__in=keys[start:start + batch_size]).delete()
            made = []
            for key in keys:
                item = Item(category=Category(name=key))
                made.append((item, item.category.name))
            return [item.category.name for item in items]
        """,
        """
        from django.db import models

        class Customer(models.Model):
            name = models.TextField()

        class Order(models.Model):
            customer = models.ForeignKey(Customer, on_delete=models.CASCADE)

        def orders():
            return Order.objects.select_related("customer")

        def list_orders():
            return [order.customer.name for order in orders().filter(open=True)]

        def keys():
            return [order.customer_id for order in Order.objects.all()]
        """,
        """
        from django.db import models
        from django.db.models import Prefetch

        class Author(models.Model):
            name = models.TextField()

        class Book(models.Model):
            author = models.ForeignKey(Author, related_name="books", on_delete=models.CASCADE)
            publisher = models.ForeignKey("Publisher", on_delete=models.CASCADE)

        class Publisher(models.Model):
            name = models.TextField()

        def shelves(request):
            authors = Author.objects.prefetch_related(Prefetch("books", queryset=Book.objects.select_related("publisher")))
            return [[book.publisher.name for book in author.books.all()] for author in authors]

        def back(author):
            return [book.author.name for book in author.books.all()]
        """,
        """
        from sqlalchemy import ForeignKey, select
        from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload

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
            customer: Mapped[Customer] = relationship(back_populates="orders", lazy="joined")

        def report(session: Session):
            statement = select(Customer).options(selectinload(Customer.orders))
            return [[order.customer for order in customer.orders] for customer in session.scalars(statement)]

        def add(session: Session, rows):
            for row in rows:
                session.add(Order(customer_id=row["customer"]))
            session.flush()
        """,
        """
        from functools import lru_cache
        from django.db import models

        class Rate(models.Model):
            code = models.TextField()

        @lru_cache
        def rate(code):
            return Rate.objects.get(code=code)

        def prices(rows, chunks):
            for code in ("EUR", "USD"):
                Rate.objects.get(code=code)
            for keys in chunks:
                list(Rate.objects.filter(pk__in=keys))
            for candidate in rows:
                found = Rate.objects.filter(code=candidate).first()
                if found:
                    return found
            return [rate(row["code"]) for row in rows]
        """,
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        for one in project.repeated_queries:
            yield self.finding(
                one.location,
                _message(one),
                confidence=one.confidence,
                path=one.hops,
                facts={"repeats": one.source or "while", "kind": one.kind} | ({"loads": one.relation} if one.relation else {}),
            )


def _message(one: RepeatedQuery) -> str:
    what = "statement" if one.kind == "write" else "query"
    way = f" through {' → '.join(one.through)}" if one.through else ""
    each = f"one {what} for every {one.element} in {one.function}{way}"
    if one.kind not in ("one", "many"):
        return f"{each}: {one.text} is asked once per element of {one.source or 'the loop'}"
    feeds = {"loop": "the query that feeds the loop"}.get(one.by, f"the query that feeds the {one.by}")
    return f"{each}: {one.text} is not loaded by {feeds}"
