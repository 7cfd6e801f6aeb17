"""The project's dependencies: what it declares, what its locks pin, and what is known against it."""
