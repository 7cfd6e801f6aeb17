"""How a team sees what its running application does: ids of requests, error trackers, metrics."""
