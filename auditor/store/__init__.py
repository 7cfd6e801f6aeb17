"""History: snapshots, findings and figures in a database, as values in and values out. What it means is judged elsewhere."""
