"""Families of exceptions that say the same twice, or that nobody raises."""

from collections.abc import Iterator

from auditor.rule import Confidence, Finding, Project, ProjectRule, Related, Severity


class DuplicateHierarchy(ProjectRule):
    """
    Where two families of exceptions mean the same, a handler for one lets the other pass, and every new error begins with
    the question which of them to use. Keep one family, and let old names point to it.
    """

    title = "second family of exceptions"
    severity = Severity.LOW
    confidence = Confidence.MEDIUM
    cwe = (1041,)
    bad = [
        """
        # file: shop/errors.py
        from http import HTTPStatus

        class ShopError(Exception):
            status = HTTPStatus.BAD_REQUEST

        class Missing(ShopError):
            status = HTTPStatus.NOT_FOUND

        class Taken(ShopError):
            status = HTTPStatus.CONFLICT

        class Refused(ShopError):
            pass
        # file: shop/orders.py
        from shop.errors import Missing, Taken

        def get(orders, key):
            if key not in orders:
                raise Missing(key)
            raise Taken(key)
        # file: shop/stock.py
        class StockFault(Exception):  # <-
            status = 400

        class Gone(StockFault):
            status = 404

        class Held(StockFault):
            status = 409

        def take(stock, key):
            if key not in stock:
                raise Gone(key)
            raise Held(key)
        """,
        """
        # file: shop/errors.py
        class ShopError(Exception):
            pass

        class NotFoundError(ShopError):
            status_code = 404

        class ConflictError(ShopError):
            status_code = 409

        class Refused(ShopError):
            pass
        # file: shop/orders.py
        from shop.errors import ConflictError, NotFoundError

        def get(orders, key):
            if key not in orders:
                raise NotFoundError(key)
            raise ConflictError(key)
        # file: shop/api.py
        class ApiError(Exception):  # <-
            pass

        class NotFound(ApiError):
            status_code = 404

        def show(order):
            if order is None:
                raise NotFound()
        """,
        """
        # file: shop/errors.py
        class WarehouseError(Exception):  # <-
            pass

        class OutOfStock(WarehouseError):
            pass
        """,
    ]
    good = [
        """
        # file: shop/errors.py
        class ShopError(Exception):
            pass

        class NotFoundError(ShopError):
            pass
        # file: shop/api.py
        from shop.errors import NotFoundError as NotFound

        def show(order):
            if order is None:
                raise NotFound()
        """,
        """
        # file: shop/errors.py
        class ShopError(Exception):
            pass

        class OutOfStock(ShopError):
            pass

        class PaymentError(Exception):
            pass

        class CardRefused(PaymentError):
            pass

        def buy(stock):
            raise OutOfStock() if not stock else CardRefused()
        """,
        """
        # file: shop/carrier.py
        class CarrierError(Exception):
            pass

        class Overweight(CarrierError):
            pass

        class Unauthorized(CarrierError):
            pass

        def send(parcel):
            raise Overweight() if parcel else Unauthorized()
        # file: shop/bank.py
        class BankError(Exception):
            pass

        class Refused(BankError):
            pass

        class Unauthorized(BankError):
            pass

        def pay(order):
            raise Refused() if order else Unauthorized()
        """,
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        families = project.error_families
        for twin in families.twins():
            name = families.graph.symbols.definition(twin.family.base).name
            place = families.location(twin.family.base)
            if twin.other is None:
                yield self.finding(
                    place, f"the family of {name} ({len(twin.family.members)} exceptions) is never raised or caught"
                )
                continue
            other = families.graph.symbols.definition(twin.other.base).name
            there = Related(families.location(twin.other.base), other)
            message = f"the families of {name} and {other} mean the same: both have {', '.join(twin.shared[:5])}"
            yield self.finding(place, message, related=(there,))
