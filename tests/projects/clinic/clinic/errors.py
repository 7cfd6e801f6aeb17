import logging
from typing import Any

from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import exception_handler as default_handler

logger = logging.getLogger(__name__)


class ClinicError(Exception):
    status_code = status.HTTP_400_BAD_REQUEST


class SlotTaken(ClinicError):
    status_code = status.HTTP_409_CONFLICT


class InsurerUnavailable(ClinicError):
    status_code = status.HTTP_503_SERVICE_UNAVAILABLE


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(error, ClinicError):
        logger.warning("refused: %s", error, exc_info=error)
        return Response({"detail": str(error)}, status=error.status_code)
    return default_handler(error, context)
