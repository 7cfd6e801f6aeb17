"""How fast `auditor` is beside its peers: whole processes on released sources, timed in one run."""
