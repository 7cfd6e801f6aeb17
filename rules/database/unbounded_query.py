"""Routes that answer with a whole table."""

from collections.abc import Iterator

from auditor.rule import Finding, Project, ProjectRule, Severity


class UnboundedQuery(ProjectRule):
    """
    The table grows and the answer with it, until one request fills the memory or the client's patience. Answer page by
    page, or with a slice; an export goes through the rows in chunks.
    """

    title = "route that answers with a whole table"
    severity = Severity.MEDIUM
    cwe = (770,)
    bad = [
        """
        # file: shop/models.py
        from django.db import models

        class Order(models.Model):
            open = models.BooleanField()

        # file: shop/views.py
        from django.http import JsonResponse
        from shop.models import Order

        def order_list(request):
            return JsonResponse({"orders": [order.pk for order in Order.objects.all()]})  # <-

        def order_keys(request):
            return JsonResponse({"orders": list(Order.objects.values("pk"))})  # <-

        # file: shop/urls.py
        from django.urls import path
        from shop import views

        urlpatterns = [path("orders/", views.order_list), path("keys/", views.order_keys)]
        """,
        """
        # file: shop/models.py
        from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

        class Base(DeclarativeBase):
            pass

        class Order(Base):
            __tablename__ = "order"
            id: Mapped[int] = mapped_column(primary_key=True)

        # file: shop/store.py
        from sqlalchemy import select
        from sqlalchemy.orm import Session
        from shop.models import Order

        def every_order(session: Session):
            return session.scalars(select(Order)).all()  # <-

        # file: shop/api.py
        from fastapi import FastAPI
        from shop import store

        app = FastAPI()

        @app.get("/orders")
        def orders(session=None):
            return store.every_order(session)
        """,
        """
        # file: shop/models.py
        from django.db import models

        class Order(models.Model):
            open = models.BooleanField()

        # file: shop/api.py
        from ninja import ModelSchema, NinjaAPI
        from shop.models import Order

        class OrderOut(ModelSchema):
            class Meta:
                model = Order
                fields = ["id"]

        api = NinjaAPI()

        @api.get("/orders", response=list[OrderOut])
        def orders(request):
            return Order.objects.order_by("pk")  # <-

        @api.get("/orders/open")
        def open_orders(request):
            found = []
            for order in Order.objects.filter(open=True):  # <-
                found.append(order.pk)
            return {"orders": found}

        @api.get("/orders/first", response=list[OrderOut])
        def first_orders(request):
            return Order.objects.order_by("pk")[:50]

        # file: shop/urls.py
        from django.urls import path
        from shop.api import api

        urlpatterns = [path("api/", api.urls)]
        """,
        """
        # file: shop/tables.py
        from contextlib import contextmanager
        from sqlalchemy import select
        from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

        class Base(DeclarativeBase):
            pass

        class Order(Base):
            __tablename__ = "order"
            id: Mapped[int] = mapped_column(primary_key=True)

        @contextmanager
        def unit_of_work():
            session = Session()
            yield session
            session.commit()

        # file: shop/store.py
        from sqlalchemy import select
        from shop.tables import Order, unit_of_work

        class Orders:
            def __init__(self, session):
                self.session = session

            def all(self):
                statement = select(Order).order_by(Order.id)
                return self.session.scalars(statement).all()  # <-

            def newest(self):
                statement = select(Order).order_by(Order.id.desc()).limit(20)
                return self.session.scalars(statement).all()

        # file: shop/api.py
        from fastapi import FastAPI
        from shop.store import Orders
        from shop.tables import Order, unit_of_work

        app = FastAPI()

        @app.get("/orders")
        def orders():
            with unit_of_work() as session:
                return [order.id for order in Orders(session).all()]

        @app.get("/orders/newest")
        def newest_orders():
            with unit_of_work() as session:
                return [order.id for order in Orders(session).newest()]

        @app.get("/numbers")
        def numbers():
            with unit_of_work() as session:
                return [order.id for order in session.query(Order)]  # <-
        """,
        """
        # file: shop/models.py
        from peewee import BooleanField, Model

        class Order(Model):
            open = BooleanField()

        # file: shop/app.py
        from flask import Flask, jsonify
        from shop.models import Order

        app = Flask(__name__)

        @app.get("/orders")
        def orders():
            return jsonify([order.id for order in Order.select()])  # <-

        @app.get("/page")
        def page():
            return jsonify([order.id for order in Order.select().paginate(1, 30)])
        """,
        """
        # file: shop/models.py
        from django.db import models

        class Order(models.Model):
            number = models.TextField()
        # file: shop/api.py
        from rest_framework import serializers, viewsets
        from rest_framework.decorators import action
        from rest_framework.response import Response
        from rest_framework.routers import DefaultRouter

        from shop.models import Order

        class OrderSerializer(serializers.ModelSerializer):
            class Meta:
                model = Order
                fields = ["number"]

        class OrderViewSet(viewsets.GenericViewSet):
            @action(detail=False, pagination_class=None)
            def catalogue(self, request):
                return Response(OrderSerializer(Order.objects.all(), many=True).data)  # <-

        router = DefaultRouter()
        router.register("orders", OrderViewSet, basename="order")
        # file: shop/urls.py
        from django.urls import include, path

        from shop.api import router

        urlpatterns = [path("", include(router.urls))]
        """,
        """
        from aiohttp import web
        from peewee import BooleanField, CharField, Model

        class Invoice(Model):
            number = CharField()
            is_paid = BooleanField()

        async def unpaid(request):
            rows = Invoice.select(Invoice.number).where(~Invoice.is_paid).dicts()  # <-
            return web.json_response(list(rows))

        app = web.Application()
        app.router.add_get("/v1/invoices", unpaid)
        """,
    ]
    good = [
        """
        # file: shop/models.py
        from django.db import models

        class Order(models.Model):
            open = models.BooleanField()

        # file: shop/views.py
        import csv
        from django.core.paginator import Paginator
        from django.db.models import Count, Q
        from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
        from shop.models import Order

        def order_list(request):
            return JsonResponse({"orders": [order.pk for order in Order.objects.all()[:100]]})

        def order_pages(request):
            page = Paginator(Order.objects.all(), 50).get_page(request.GET.get("page"))
            return JsonResponse({"orders": [order.pk for order in page]})

        def order_count(request):
            return JsonResponse({"orders": dict(Order.objects.values_list("open").annotate(n=Count("pk")))})

        def export(request):
            response = HttpResponse(content_type="text/csv")
            writer = csv.writer(response)
            for order in Order.objects.iterator(chunk_size=500):
                writer.writerow([order.pk])
            return response

        def stream(request):
            rows = (f"{order.pk};" for order in Order.objects.iterator(chunk_size=500))
            return StreamingHttpResponse(rows, content_type="text/csv")

        def own_orders(request):
            conditions = [Q(buyer=request.user.id)]
            return JsonResponse({"orders": [order.pk for order in Order.objects.filter(*conditions)]})

        def some_orders(request, keys):
            return JsonResponse({"orders": [order.open for order in Order.objects.filter(pk__in=keys)]})

        # file: shop/urls.py
        from django.urls import path
        from shop import views

        urlpatterns = [path("stream/", views.stream), path("count/", views.order_count)]
        urlpatterns += [path("orders/", views.order_list), path("pages/", views.order_pages), path("some/", views.some_orders)]
        urlpatterns += [path("export/", views.export), path("own/", views.own_orders)]
        """,
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        for one in project.unbounded_queries:
            way = f" through {' → '.join(one.through)}" if one.through else ""
            rows = f"every row of {one.model or 'a table'} that it finds"
            yield self.finding(
                one.location,
                f"{one.label} answers with {rows}{way}: no page, slice or limit on the way",
                confidence=one.confidence,
                path=one.hops,
                related=one.others,
                facts={"route": one.label, "model": one.model},
            )
