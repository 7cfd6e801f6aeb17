"""Applications of our own, run to prove what their labels say, and audited to see whether the auditor says the same."""
