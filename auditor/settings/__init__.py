"""The project's settings: read from `pyproject.toml` or `auditor.toml`, checked, all mistakes told together."""

from auditor.settings.read import Settings, read

__all__ = ["Settings", "read"]
