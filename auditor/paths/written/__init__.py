"""What stands in the code as written, taken apart: arguments, chains of names, signatures."""
