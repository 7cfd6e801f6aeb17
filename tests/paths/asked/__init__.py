"""Applications whose own framework is asked for its routes."""
