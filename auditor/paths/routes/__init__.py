"""The ways in by HTTP: who declares them, what hangs below what, and which method answers which path."""
