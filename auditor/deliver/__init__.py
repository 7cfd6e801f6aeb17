"""Reports on their way to people and machines: by mail, to a chat, to a push gateway. Secrets come from the environment."""
