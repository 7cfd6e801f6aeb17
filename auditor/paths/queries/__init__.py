"""What is asked of the database: which questions a scope asks, what a query brings along, and what is asked once per element."""
