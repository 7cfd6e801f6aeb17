"""What libraries and words mean, as data: TOML files and their readers. Nothing here looks at code."""
