"""What a team promised: Markdown or TOML in, sprints and targets out, each target bound to a measure where one fits."""

from auditor.roadmap.markdown import read_markdown

__all__ = ["read_markdown"]
