from fastapi import APIRouter

from warehouse.api import exports
from warehouse.api.v1 import items, shipments

v1 = APIRouter(prefix="/v1")
v1.include_router(items.router)
v1.include_router(shipments.router)

api = APIRouter(prefix="/api")
api.include_router(v1)
api.include_router(exports.router)
