"""The audit as test results: what every build server shows beside a team's own tests."""
