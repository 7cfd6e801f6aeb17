"""What generic classes hand back, and managers that are made from classes of queries."""

from auditor.paths.names.symbol import Symbol
from auditor.paths.project import Project
from tests.paths.projects import project

SHOP = {
    "shop/models.py": """
        from sqlalchemy.orm import DeclarativeBase

        class Base(DeclarativeBase): ...
        class Order(Base): ...
        class Customer(Base): ...
        """,
    "shop/rows.py": """
        from collections.abc import Sequence
        from typing import Generic, TypeVar

        from shop.models import Customer, Order

        T = TypeVar("T")
        K = TypeVar("K")

        class Rows(Generic[K, T]):
            def need(self, key: K) -> T:
                return self.session.get(self.model, key)

            def all(self) -> Sequence[T]:
                return self.session.scalars(self.statement()).all()

        class Orders(Rows[int, Order]): ...
        class LateOrders(Orders): ...
        class Customers(Rows[str, Customer]): ...

        orders, late, customers = Orders(), LateOrders(), Customers()
        one = LateOrders().need(1)
        many = Customers().all()
        plain = Rows[Order, Customer](Order)
        first = plain.need(1)
        """,
}


def meaning(found: Project, path: str, text: str) -> tuple[str, str]:
    symbol = found.graph.symbols.chain(path, -1, text)
    assert isinstance(symbol, Symbol)
    return symbol.kind, found.graph.symbols.definition(symbol).name


def test_what_stands_in_brackets_fills_the_first_variable_of_the_instance_that_is_made() -> None:
    found = project({**SHOP, "shop/rows.py": SHOP["shop/rows.py"].replace("Generic[K, T]", "Generic[T, K]")})
    assert meaning(found, "shop/rows.py", "first") == ("instance", "Order")


def test_a_type_variable_is_what_the_class_fills_in_for_it() -> None:
    found = project(SHOP)
    assert meaning(found, "shop/rows.py", "one") == ("instance", "Order")
    assert meaning(found, "shop/rows.py", "many") == ("many", "Customer")


def test_a_manager_made_from_a_class_of_queries_has_its_methods() -> None:
    code = """
        from django.db import models

        class OrderRows(models.QuerySet):
            def open(self):
                return self.filter(state="open")

        class Present(models.Manager.from_queryset(OrderRows)):
            pass

        class Order(models.Model):
            objects = Present()

        late = Order.objects.open().first()
        """
    assert meaning(project({"models.py": code}), "models.py", "late") == ("instance", "Order")


def test_a_lambda_that_is_mapped_over_rows_is_a_loop() -> None:
    code = """
        from django.db import models

        class Order(models.Model):
            def lines(self):
                return OrderLine.objects.filter(order=self).count()

        class OrderLine(models.Model):
            order = models.ForeignKey(Order, on_delete=models.CASCADE)

        def numbers():
            return list(map(lambda order: order.lines(), Order.objects.all()))
        """
    (loop,) = project({"models.py": code}).graph.flows["models.py"].loops
    assert (loop.kind, loop.target, loop.source) == ("comprehension", "order", "Order.objects.all()")
