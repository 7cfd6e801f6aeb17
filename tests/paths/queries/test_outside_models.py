"""Rows of classes that another package maps to a table, which is not here to be read."""

from auditor.model.finding import Confidence
from tests.paths.projects import project
from tests.paths.queries.asked import MAPPED, marked, repeated


def test_a_class_with_columns_is_mapped_though_its_base_is_outside() -> None:
    files = {
        "shop.py": """
from content.models import Content
from django.db import models

class Package(Content):
    parent = models.ForeignKey("self", on_delete=models.CASCADE)

class Bundle(Package):
    pass

def parents():
    return [row.parent.pk for row in Bundle.objects.all()]  # <-
"""
    }
    assert repeated(files) == marked(files)


def test_a_class_with_the_name_of_a_table_is_mapped_though_its_base_is_outside() -> None:
    files = {
        "shop.py": """
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Session, mapped_column, relationship
from store.models import Base

class Customer(Base):
    __tablename__ = "customer"

class Order(Base):
    __tablename__ = "order"
    customer_id = mapped_column(ForeignKey("customer.id"))
    customer = relationship(Customer)

def names(session: Session):
    return [order.customer.name for order in session.scalars(select(Order))]  # <-
"""
    }
    assert repeated(files) == marked(files)


def test_rows_of_a_class_from_outside_are_asked_for_by_its_manager() -> None:
    files = {
        "shop.py": """
from content.models import Version, settings

def versions(keys):
    for key in keys:
        yield Version.objects.filter(number=key).first()  # <-
        yield settings.objects.get(key)
        yield Version.objects.cache.get(key)
"""
    }
    assert repeated(files) == marked(files)


TABLES = (
    MAPPED
    + """
from sqlalchemy.orm import Session, selectinload

def found(session: Session) -> list[Order]:
    orders = list(session.scalars(select(Order){}))
    return list(orders)

def told(orders: list[Order]):
    return [order.customer.id for order in orders]

def run(session: Session):
    if orders := found(session):
        told(orders)
"""
)


def test_rows_that_a_condition_gives_a_name_are_followed_back_to_their_query() -> None:
    def sureness(options: str) -> list[Confidence]:
        return [one.confidence for one in project({"shop.py": TABLES.replace("{}", options)}).repeated_queries]

    assert sureness("") == [Confidence.HIGH]
    assert sureness(".options(selectinload(Order.customer))") == []
    long = "".join(f".where(Order.id != {number})" for number in range(40))
    assert sureness(long + ".options(selectinload(Order.customer))") == [Confidence.LOW]


def test_what_is_called_each_turn_and_asks_once_a_portion_is_in_doubt() -> None:
    code = (
        TABLES.partition("def found")[0]
        + """
class Taking:
    def take(self, session: Session, keys):
        for key in keys:
            self.keys.append(key)
            if len(self.keys) > 100:
                self._flush_buffer(session)

    def _flush_buffer(self, session: Session):
        return session.scalars(select(Order).where(Order.id.in_(self.keys))).all()
"""
    )
    assert [one.confidence for one in project({"shop.py": code}).repeated_queries] == [Confidence.LOW]


def test_a_foreign_key_leads_to_a_table_of_another_package_too() -> None:
    files = {
        "shop.py": """
from django.conf import settings
from django.db import models
from people.entity.member import Member

class Order(models.Model):
    member = models.ForeignKey(Member, on_delete=models.CASCADE)
    device = models.ForeignKey("devices.Device", on_delete=models.CASCADE)
    places = models.ManyToManyField("places.Place")

def names():
    for order in Order.objects.all():
        print(order.member.name)  # <-
        print(order.device.name)  # <-
        print([place.name for place in order.places.all()])  # <-

def loaded():
    for order in Order.objects.select_related("member", "device").prefetch_related("places"):
        print(order.member.name, order.device.name, [place.name for place in order.places.all()])
        print(order.member_id)
"""
    }
    assert repeated(files) == marked(files)
