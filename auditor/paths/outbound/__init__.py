"""Calls that leave the machine: what bounds them, what guards them, and which service they reach."""
