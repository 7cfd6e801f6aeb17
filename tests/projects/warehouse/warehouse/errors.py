from fastapi import Request
from fastapi.responses import JSONResponse


class WarehouseError(Exception):
    status_code = 400


class OutOfStock(WarehouseError):
    status_code = 409


class CarrierUnavailable(WarehouseError):
    status_code = 503


class UnknownItem(WarehouseError):
    status_code = 404


class LabelRejected(Exception):
    """The carrier does not print this label."""


async def answer_error(request: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, WarehouseError) else 400
    return JSONResponse({"detail": str(error)}, status_code=status)
