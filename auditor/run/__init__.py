"""The recipe of an audit: files spread over the cores, facts brought together, one snapshot out."""
