"""The audit of dependencies, held against real locks, a whole file of advisories, and hostile or broken input."""
