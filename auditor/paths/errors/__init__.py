"""Which errors functions let out, who stops them on the way, and which reach an entry point with nobody to answer."""
