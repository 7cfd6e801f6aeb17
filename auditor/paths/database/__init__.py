"""What is done to a database beside asking it: connections, migrations, deletions, and how its fields are named."""
