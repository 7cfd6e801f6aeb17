"""Clones: planted ones, look-alikes, hostile text."""
