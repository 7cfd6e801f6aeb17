"""Deliveries to real servers on the loopback."""
