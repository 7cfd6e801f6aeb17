from fastapi import APIRouter, Request

from warehouse.api.deps import StockDep
from warehouse.limits import limiter
from warehouse.services import stock

router = APIRouter(prefix="/exports")


@router.get("/archive")
@limiter.limit("5/minute")
async def archive(request: Request) -> dict[str, int]:
    return {"items": await stock.archived_count()}


@router.get("/archive/estimate")
async def archive_estimate() -> dict[str, int]:
    return {"items": await stock.archived_count_or_zero()}


@router.get("/archive/logged")
async def archive_logged() -> dict[str, int]:
    return {"items": await stock.archived_count_logged()}


@router.get("/catalogue")
async def catalogue(service: StockDep) -> dict[str, int]:
    return {"items": await service.refresh_catalogue()}
