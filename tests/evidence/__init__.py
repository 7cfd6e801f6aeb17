"""Evidence in the forms of other tools, and what becomes of it."""
