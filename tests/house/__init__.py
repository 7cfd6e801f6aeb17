"""Guards of the plan: layers, names, sizes, documents, and the wheel."""
