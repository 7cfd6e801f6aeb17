"""What templates read of the rows that views hand them. Templates are data here: parsed for their loops, never rendered."""
