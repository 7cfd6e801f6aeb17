"""The ways through the graph of packages: who brings whom, out of a hole, and from one time to another."""
