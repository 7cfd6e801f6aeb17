"""Code that stands more than once: each change has to find every copy, and one is always missed."""
