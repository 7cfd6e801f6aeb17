"""Data that a page holds beside its text (YAML, JSON, TOML, CSV, diagrams), unfolded as Markdown that says the same."""
