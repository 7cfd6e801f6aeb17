"""Where the outside world comes in, what it gives, and who answers there."""
