"""What is asked of databases, and what bounds it."""
