"""What a team promised: Markdown or TOML in, sprints and targets out, each target bound to a measure where one fits.

Reading Markdown takes many expressions, so `auditor.roadmap.markdown` is imported where a page is read, and not from here.
"""

from auditor.roadmap.contract import to_json
from auditor.roadmap.toml_reader import read_toml
from auditor.roadmap.toml_writer import write_toml

__all__ = ["read_toml", "to_json", "write_toml"]
