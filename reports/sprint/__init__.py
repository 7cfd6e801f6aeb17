"""A sprint for its review: every promise with where it came from and what moved it, what can be shown, what is left."""
