"""Code that stands more than once: exactly, with other names, or with some statements more or less."""
