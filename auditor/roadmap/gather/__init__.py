"""From a page's lines, rows and pairs to promises: candidates are read, bound, and weighed against one another."""
