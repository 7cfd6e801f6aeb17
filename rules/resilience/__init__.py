"""What one slow or broken neighbour does to everybody: waits without an end, failures that spread, traces that end."""
