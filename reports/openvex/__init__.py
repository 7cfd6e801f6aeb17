"""What the team says of the risks that it lives with."""
