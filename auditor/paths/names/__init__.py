"""What names mean in the project: modules, classes with their members, rows of tables, and what comes from outside."""
