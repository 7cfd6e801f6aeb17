from warehouse.models.account import Account, LoginSession
from warehouse.models.base_class import Base
from warehouse.models.shipment import Shipment, ShipmentLine
from warehouse.models.stock import Item, Location, Stock, Supplier

__all__ = [
    "Account",
    "Base",
    "Item",
    "Location",
    "LoginSession",
    "Shipment",
    "ShipmentLine",
    "Stock",
    "Supplier",
]
