"""Paths: names, routes, entry points, errors, over small projects that are written out here."""
