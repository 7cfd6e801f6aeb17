"""Finding and loading what lies on the shelves: rules and reports, by path, under made-up module names."""
