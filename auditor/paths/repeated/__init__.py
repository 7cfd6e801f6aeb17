"""What is asked of the database once per element: in loops, by classes that show rows, and by templates."""
