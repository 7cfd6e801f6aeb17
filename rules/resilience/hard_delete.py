"""Rows of critical tables that are deleted for good."""

from collections.abc import Iterator

from auditor.rule import Confidence, Finding, Project, ProjectRule, Severity


class HardDelete(ProjectRule):
    """
    A row that is gone can not be restored, explained or audited: who ordered, who paid, who had access. Mark rows of
    critical tables as deleted, and let one manager hide them.
    """

    title = "row of a critical table deleted for good"
    severity = Severity.MEDIUM
    confidence = Confidence.MEDIUM
    cwe = (1057,)
    bad = [
        """
        from django.db import models

        class Order(models.Model):
            total = models.DecimalField()

        def cancel(pk):
            Order.objects.get(pk=pk).delete()  # <-
        """,
        """
        from flask_sqlalchemy import SQLAlchemy

        db = SQLAlchemy()

        class Parcel(db.Model):
            created_by = db.Column(db.Integer)

        def drop(parcel: Parcel):
            db.session.delete(parcel)  # <-
        """,
        """
        from django.db import models
        from django.utils import timezone

        class Kept(models.QuerySet):
            def delete(self):
                return self.update(deleted_at=timezone.now())

        class Payment(models.Model):
            deleted_at = models.DateTimeField(null=True)
            objects = Kept.as_manager()
            everything = models.Manager()
            all_objects = models.Manager()

            def delete(self):
                self.deleted_at = timezone.now()
                self.save()

        def undo(payment: Payment):
            payment.delete()
            Payment.objects.filter(amount=0).delete()

        def burn():
            Payment.everything.filter(amount=0).delete()  # <-
            Payment.all_objects.filter(amount=1).delete()  # <-
        """,
        """
        def remove(cursor, number):
            cursor.execute("DELETE FROM invoices WHERE number = %s", (number,))  # <-
        """,
    ]
    bad += [
        """
        # file: desk/models.py
        from django.conf import settings
        from django.contrib.auth.models import AbstractUser
        from django.db import models

        class Member(AbstractUser):
            pass

        class DamageReport(models.Model):
            reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)

        class Invoice(models.Model):
            total = models.DecimalField()

        class Note(models.Model):
            text = models.TextField()

        # file: desk/views.py
        from desk.models import DamageReport

        def close(request):
            request.user.delete()  # <-

        def drop(request, pk):
            DamageReport.objects.get(pk=pk).delete()  # <-

        def void(invoice, note):
            note.delete()
            invoice.delete()  # <-
        """,
        """
        # file: shop/rows.py
        from typing import Generic, TypeVar

        from sqlalchemy.orm import Session

        Model = TypeVar("Model")

        class Rows(Generic[Model]):
            def __init__(self, session: Session) -> None:
                self.session = session

            def need(self, key: int) -> Model:
                return self.session.get(self.model, key)

            def remove(self, entity: Model) -> None:
                self.session.delete(entity)
        # file: shop/orders.py
        from flask_sqlalchemy import SQLAlchemy

        from shop.rows import Rows

        db = SQLAlchemy()

        class Order(db.Model):
            total = db.Column(db.Integer)

        class CartItem(db.Model):
            total = db.Column(db.Integer)

        class Orders(Rows[Order]):
            model = Order

        class CartItems(Rows[CartItem]):
            model = CartItem

        def cancel(key):
            orders = Orders(db.session)
            order = orders.need(key)
            orders.remove(order)  # <-

        def take_out(key):
            items = CartItems(db.session)
            items.remove(items.need(key))
        """,
        """
        from django.db import models

        class Order(models.Model):
            email = models.TextField()
            deleted_at = models.DateTimeField(null=True)

        def active():
            return Order.objects.filter(deleted_at=None)[:50]

        def by_email(email):
            return Order.objects.filter(email=email)[:50]  # <-
        """,
        """
        # file: shop/rows.py
        from typing import Generic, TypeVar

        from sqlalchemy.orm import Session

        M = TypeVar("M")

        class Rows(Generic[M]):
            model: type[M]

            def remove(self, session: Session, key):
                row = session.get(self.model, key)
                session.delete(row)
                session.commit()
        # file: shop/models.py
        from sqlalchemy.orm import DeclarativeBase

        class Base(DeclarativeBase):
            pass

        class Invoice(Base):
            pass
        # file: shop/billing.py
        from shop.models import Invoice
        from shop.rows import Rows

        invoices = Rows[Invoice]()

        def cancel(session, key):
            invoices.remove(session, key)  # <-
        """,
    ]
    good = [
        """
        from sqlalchemy import ForeignKey
        from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, relationship

        class Base(DeclarativeBase):
            pass

        class Writer(Base):
            id = mapped_column(primary_key=True)

        class Book(Base):
            author_id = mapped_column(ForeignKey("writer.id"))
            author = relationship(Writer)

        def discard(session: Session, book: Book):
            session.delete(book)
        """,
        """
        from django.db import models

        class Reservation(models.Model):
            expires_at = models.DateTimeField()

        def release(number):
            Reservation.objects.filter(pk=number).delete()
        """,
        """
        from django.db import models
        from django.utils import timezone

        class Order(models.Model):
            deleted_at = models.DateTimeField(null=True)

            def delete(self):
                self.deleted_at = timezone.now()
                self.save()

        def cancel(order: Order):
            order.delete()

        class LoginSession(models.Model): ...
        class TopicSubscription(models.Model): ...

        def logout(session: LoginSession):
            session.delete()
            TopicSubscription.objects.all().delete()
        """,
        """
        from django.db import models

        class Order(models.Model):
            total = models.DecimalField()

        def purge_test_orders():
            Order.objects.filter(total=0).delete()

        @every("03:00", name="order-retention")
        def sweep():
            Order.objects.filter(total=1).delete()

        def take_over(kept: Order, other: Order):
            kept.merge_from(other)
            other.delete()

        def drop_trial(order: Order):
            if not order.testmode:
                raise ValueError("only orders of a test are dropped")
            order.delete()
        """,
        """
        from django.db import models

        class Order(models.Model):
            email = models.TextField()
            deleted_at = models.DateTimeField(null=True)

        def active():
            return Order.objects.filter(deleted_at=None)[:50]

        def again():
            return Order.objects.filter(email="", deleted_at=None)[:50]

        def of_keys(keys):
            return Order.objects.filter(pk__in=keys)

        def hand_over(email, other):
            Order.objects.filter(email=email).update(email=other)
        """,
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        for one in project.deletions.all:
            left = ", with a column for deleted rows that is not used here" if one.soft else ": nobody can bring them back"
            yield self.finding(
                one.location,
                f"rows of {one.model} are deleted for good, and the model is critical {one.why}{left}",
                confidence=Confidence.LOW if one.doubted else None,
                facts={"model": one.model},
            )
        for model, column, place in project.forgotten:
            yield self.finding(
                place,
                f"this query of {model} forgets {column}: rows that count as deleted come back",
                severity=Severity.LOW,
                confidence=Confidence.LOW,
                facts={"model": model},
            )
