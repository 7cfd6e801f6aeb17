"""What a team promised: Markdown or TOML in, sprints and targets out, each target bound to a measure where one fits."""

from auditor.roadmap.contract import to_json
from auditor.roadmap.markdown import read_markdown
from auditor.roadmap.toml_reader import read_toml
from auditor.roadmap.toml_writer import write_toml

__all__ = ["read_markdown", "read_toml", "to_json", "write_toml"]
