"""Templates: what is read of them."""
