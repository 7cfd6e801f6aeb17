"""Queries that give all rows of a table to whoever asks."""
