"""How good are the answers? Questions of our own, pure metrics, a run that gates, a report to read."""
