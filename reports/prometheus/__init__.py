"""The audit as figures for Prometheus, with a dashboard for Grafana and rules that raise an alarm."""
