"""Loops that repeat little, or end by themselves."""

from tests.paths.queries.asked import marked, repeated

ORDERS = """
from django.db import models

class Order(models.Model):
    number = models.TextField(unique=True)
    customer = models.ForeignKey("Customer", on_delete=models.CASCADE)

class Customer(models.Model):
    name = models.TextField()
"""


def test_a_loop_that_asks_until_a_name_is_free_is_no_loop_over_rows() -> None:
    code = """
def free(number):
    while Order.objects.filter(
        number=number,
    ).exists():
        number = number + "x"
    return number
"""
    assert repeated({"shop.py": ORDERS + code}) == set()


def test_a_handful_of_rows_is_few() -> None:
    code = """
def newest():
    return [order.customer.name for order in Order.objects.order_by("-pk")[:5]]
"""
    assert repeated({"shop.py": ORDERS + code}) == set()


def test_migrations_may_lie_in_a_private_folder() -> None:
    code = """
def upgrade():
    for order in Order.objects.all():
        order.save()
"""
    assert repeated({"shop/_migrations/steps.py": ORDERS + code}) == set()


TABLES = """
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


def test_tries_of_one_question_and_batches_are_left_alone() -> None:
    code = """
MAX_ATTEMPTS = 40

def number(session: Session, customer: int):
    for attempt in range(1, MAX_ATTEMPTS + 1):
        try:
            return session.scalar(select(Order.id).where(Order.customer_id == customer))
        except Locked:
            if attempt == MAX_ATTEMPTS:
                raise

def archive(session: Session, keep: list[int]):
    while True:
        rows = session.scalars(select(Order).where(Order.id.not_in(keep)).limit(500)).all()
        if not rows:
            break
        session.execute(Order.__table__.delete().where(Order.id.in_([row.id for row in rows])))
"""
    assert repeated({"shop.py": TABLES + code}) == set()


def test_a_name_for_a_few_rows_and_some_of_a_constant_are_few() -> None:
    code = """
KINDS = ("new", "open", "closed")

def newest(session: Session):
    orders = session.query(Order).order_by(Order.id.desc()).limit(5)
    return [order.customer for order in orders]

def last(session: Session):
    orders = session.query(Order).all()[:5]
    return [order.customer for order in orders]

def by_kind(session: Session, wanted: set[str]):
    return [session.scalar(select(Order.id).where(Order.kind == kind)) for kind in [one for one in KINDS if one in wanted]]
"""
    assert repeated({"shop.py": TABLES + code}) == set()


def test_what_a_command_is_told_by_a_person_is_few() -> None:
    code = """
def handle(*args, **options):
    for number in options["numbers"]:
        print(Order.objects.get(number=number))
"""
    assert repeated({"shop.py": ORDERS + code}) == set()


def test_a_session_keeps_the_row_that_it_was_asked_for_by_key() -> None:
    code = """
def check(session: Session, customer: int, names: list[str]):
    for name in names:
        print(name, session.get(Customer, customer))

def each(session: Session, keys: list[int]):
    for key in keys:
        print(session.get(Customer, key))  # <-
"""
    assert repeated({"shop.py": TABLES + code}) == marked({"shop.py": TABLES + code})


def test_a_session_keeps_the_row_that_a_filter_named() -> None:
    code = """
def orders(session: Session, customer: Customer):
    criteria = [Order.customer_id == customer.id, Order.id > 5]
    return [order.customer.id for order in session.query(Order).filter(*criteria).all()]

def joined(session: Session):
    return [order.customer.id for order in session.query(Order).filter(Order.customer_id == Customer.id)]  # <-
"""
    assert repeated({"shop.py": TABLES + code}) == marked({"shop.py": TABLES + code})


def test_a_relation_that_the_turn_has_read_before_is_one_finding() -> None:
    code = """
def label(order):
    return order.customer.name

def show():
    for order in Order.objects.all():
        print(order.customer.name)  # <-
        print(label(order))
"""
    files = {"shop.py": ORDERS + code}
    assert repeated(files) == marked(files)


def test_a_query_that_a_turn_names_is_asked_where_it_is_gone_through() -> None:
    code = """
def totals(customers):
    total = 0
    for customer in customers:
        orders = Order.objects.filter(customer_id=customer)  # <-
        total += sum(order.pk for order in orders)
    return total

def again(customers):
    orders = Order.objects.filter(number="1")
    return [[order.pk for order in orders] for customer in customers]
"""
    files = {"shop.py": ORDERS + code}
    assert repeated(files) == marked(files)


TREE = """
from django.db import models

class Category(models.Model):
    name = models.TextField()
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE)

    def trail(self):
        names, node = [], self.parent
        node = self.parent
        while node is not None:
            names.append(node.name)
            node = node.parent  # <-
        return names

    def root(self):
        node = self
        while node.parent:  # <-
            node = node.parent
        return node

    def known_root(self, rows):
        node = self
        while node.parent_id:
            node = rows[node.parent_id]
        return node
"""


def test_who_climbs_from_row_to_row_asks_for_each() -> None:
    files = {"shop.py": TREE}
    assert repeated(files) == marked(files)


def test_what_map_hands_to_a_function_by_its_name_is_an_element() -> None:
    code = """
def label(order):
    return order.customer.name  # <-

def labels():
    return list(map(label, Order.objects.all()))

def joined():
    return list(map(label, Order.objects.select_related("customer")))

def find(key):
    return Customer.objects.get(pk=key)  # <-

def found(keys):
    return list(map(find, keys))
"""
    files = {"shop.py": ORDERS + code}
    assert repeated(files) == marked(files)


def test_a_method_that_map_is_given_by_its_class_is_handed_the_row() -> None:
    code = """
class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)

    def label(self):
        return self.order.number  # <-

def labels():
    return list(map(Line.label, Line.objects.all()))
"""
    files = {"shop.py": ORDERS + code}
    assert repeated(files) == marked(files)


def test_the_months_of_a_year_are_few() -> None:
    code = """
def placed(month):
    return Order.objects.filter(number=month).count()

def year():
    return [placed(month) for month in range(1, 13)]
"""
    assert repeated({"shop.py": ORDERS + code}) == set()


CHUNKS = """
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

class Base(DeclarativeBase):
    pass

class ImportChunk(Base):
    id = mapped_column(primary_key=True)
    done = mapped_column()

def purge_chunks(session: Session):
    for chunk in session.scalars(select(ImportChunk).where(ImportChunk.done)):
        session.delete(chunk)  # <-

def load_chunks(session: Session, chunks):
    for chunk in chunks:
        session.execute(select(ImportChunk).where(ImportChunk.id.in_(chunk)))
"""


def test_rows_of_a_table_of_chunks_are_no_batches() -> None:
    files = {"shop/chunks.py": CHUNKS}
    assert repeated(files) == marked(files)
