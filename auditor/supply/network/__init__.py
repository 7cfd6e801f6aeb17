"""What is asked over the network, within a budget of time: advisories by their names, and the index about releases."""
