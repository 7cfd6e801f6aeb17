"""Who calls whom, what is handed over on the way, and which places lead to which."""
