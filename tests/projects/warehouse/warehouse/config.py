import os
from dataclasses import dataclass, field


def _from_environment(name: str, default: str) -> str:
    return os.environ.get(name, default)


@dataclass
class Settings:
    database_url: str = field(
        default_factory=lambda: _from_environment("DATABASE_URL", "postgresql+psycopg://warehouse@db/warehouse")
    )
    archive_url: str = field(
        default_factory=lambda: _from_environment("ARCHIVE_URL", "postgresql+psycopg://warehouse@archive/warehouse")
    )
    sentry_dsn: str = field(default_factory=lambda: _from_environment("SENTRY_DSN", ""))
    carrier_url: str = "https://carrier.example"
    customs_url: str = "https://customs.example"
    supplier_url: str = "https://suppliers.example"
    weather_url: str = "https://weather.example"


settings = Settings()
