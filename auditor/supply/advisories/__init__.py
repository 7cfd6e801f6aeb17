"""What is known against packages: OSV documents from a folder, a zip or the network, and pip-audit, which is asked."""
