"""How the code uses its dependencies: who imports what, what nobody imports, and what nobody asked for."""
