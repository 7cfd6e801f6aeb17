"""What is asked of databases: how often, how much, through which connections, and how their tables change."""
