"""What schemas ask for each row: django-ninja's, pydantic's and marshmallow's."""

from tests.paths.queries.asked import MAPPED, marked, repeated

MODELS = """
from django.db import models

class Customer(models.Model):
    name = models.TextField()

class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)

class Line(models.Model):
    order = models.ForeignKey(Order, related_name="lines", on_delete=models.CASCADE)
"""


def test_a_ninja_schema_reads_what_its_resolvers_and_nested_schemas_read() -> None:
    files = {
        "shop/models.py": MODELS,
        "shop/api.py": """
            from ninja import ModelSchema, Router
            from pydantic import BaseModel
            from shop.models import Line, Order

            class OrderOut(ModelSchema):
                name: str

                class Meta:
                    model = Order
                    fields = ["id"]

                @staticmethod
                def resolve_name(order):
                    return order.customer.name  # <-

            class LineOut(BaseModel):
                order: OrderOut  # <-

            router = Router()

            @router.get("/orders", response=list[OrderOut])
            def orders(request):
                return Order.objects.all()

            @router.get("/lines", response=list[LineOut])
            def lines(request):
                return Line.objects.all()
            """,
    }
    assert repeated(files) == marked(files)


def test_a_list_whose_query_loads_what_the_schema_reads_asks_nothing_more() -> None:
    files = {
        "shop/models.py": MODELS,
        "shop/api.py": """
            from ninja import Router, Schema
            from shop.models import Line, Order

            class CustomerOut(Schema):
                name: str

            class OrderOut(Schema):
                customer: CustomerOut
                customer_id: int

            router = Router()

            @router.get("/orders", response=list[OrderOut])
            def orders(request):
                return Order.objects.select_related("customer")

            @router.get("/orders/{key}", response=OrderOut)
            def order(request, key: int):
                return Order.objects.get(pk=key)
            """,
    }
    assert repeated(files) == set()


def test_marshmallow_reads_nested_fields_and_what_lambdas_and_methods_read_when_it_dumps_many() -> None:
    files = {
        "shop/tables.py": MAPPED,
        "shop/schemas.py": """
            from marshmallow import Schema, fields

            class CustomerOut(Schema):
                id = fields.Integer()

            class OrderOut(Schema):
                customer = fields.Nested(CustomerOut)  # <-
                again = fields.String(attribute="customer.name")
                hidden = fields.Nested(CustomerOut, load_only=True)

            class NumberOut(Schema):
                number = fields.Function(lambda order: order.customer.id)  # <-

            class NameOut(Schema):
                name = fields.String(attribute="customer.name")  # <-
            """,
        "shop/api.py": """
            from sqlalchemy import select
            from sqlalchemy.orm import Session
            from shop.schemas import NameOut, NumberOut, OrderOut
            from shop.tables import Order

            def dumped(session: Session):
                return OrderOut(many=True).dump(session.scalars(select(Order)).all())

            def numbers(session: Session):
                return NumberOut(many=True).dump(session.scalars(select(Order)).all())

            def names(session: Session):
                return NameOut(many=True).dump(session.scalars(select(Order)).all())
            """,
    }
    assert repeated(files) == marked(files)


def test_pydantic_reads_the_relations_of_every_object_that_it_validates() -> None:
    files = {
        "shop/tables.py": MAPPED,
        "shop/api.py": """
            from pydantic import BaseModel, ConfigDict
            from sqlalchemy import select
            from sqlalchemy.orm import Session, contains_eager, joinedload
            from shop.tables import Order

            class Buyer(BaseModel):
                model_config = ConfigDict(from_attributes=True)
                id: int

            class Row(BaseModel):
                model_config = ConfigDict(from_attributes=True)
                customer: Buyer

            def joined(session: Session):
                statement = select(Order).options(joinedload(Order.customer))
                return [Row.model_validate(order) for order in session.scalars(statement)]

            def rows(session: Session):
                statement = select(Order)
                return [Row.model_validate(order) for order in session.scalars(statement)]  # <-

            def one(session: Session, key):
                return Row.model_validate(session.get(Order, key))
            """,
    }
    assert repeated(files) == marked(files)


def test_options_that_stand_in_a_name_load_what_they_say() -> None:
    files = {
        "shop/tables.py": MAPPED,
        "shop/api.py": """
            from sqlalchemy.orm import Session, joinedload
            from shop.tables import Order

            def names(session: Session):
                along = joinedload(Order.customer)
                return [order.customer.id for order in session.query(Order).options(along)]
            """,
    }
    assert repeated(files) == set()


def test_an_alias_leads_along_relations_and_a_resolver_is_handed_the_row() -> None:
    code = """
from django.db import models
from ninja import Field, NinjaAPI, Schema

class Category(models.Model):
    name = models.TextField()

    def free(self):
        return self.items.filter(open=True).count()  # <-

class Item(models.Model):
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="items")
    open = models.BooleanField()

api = NinjaAPI()

class ItemOut(Schema):
    id: int
    category_name: str = Field(alias="category.name")  # <-

class ItemLine(Schema):
    id: int
    category_name: str = Field(alias="category.name")

class CategoryOut(Schema):
    free: int

    @staticmethod
    def resolve_free(obj):
        return obj.free()

@api.get("/items", response=list[ItemOut])
def items(request):
    return Item.objects.all()[:50]

@api.get("/lines", response=list[ItemLine])
def lines(request):
    return Item.objects.select_related("category")[:50]

@api.get("/categories", response=list[CategoryOut])
def categories(request):
    return Category.objects.all()[:50]
"""
    files = {"shop.py": code}
    assert repeated(files) == marked(files)
