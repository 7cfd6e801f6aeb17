"""What is asked of the database: which questions a scope asks, of which rows, and what its calls ask in turn."""
