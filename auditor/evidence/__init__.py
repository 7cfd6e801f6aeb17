"""Figures that others measured: read by content, dated, kept beside the project, and never better than they are."""
