"""A code-quality auditor: measures what a team's roadmap has promised."""

__version__ = "0.1.0"
