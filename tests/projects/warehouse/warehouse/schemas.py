from pydantic import BaseModel, ConfigDict, Field


class ItemIn(BaseModel):
    sku: str = Field(min_length=1, max_length=40)
    name: str
    supplier_id: int


class ItemOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    sku: str
    name: str


class ShipmentIn(BaseModel):
    reference: str
    item_ids: list[int]
    deliveryNote: str = ""


class ShipmentOut(BaseModel):
    model_config = ConfigDict(from_attributes=True, populate_by_name=True)

    id: int
    reference: str
    tracking_number: str | None = Field(default=None, alias="trackingNumber")


class Transfer(BaseModel):
    stock_ids: list[int]
    location_id: int
