"""Errors that are lost, blurred or never looked at: what an operator will miss on the worst day."""
