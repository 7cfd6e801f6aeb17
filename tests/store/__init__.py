"""Tests of the history: on a real file of SQLite and a real server of PostgreSQL alike."""
