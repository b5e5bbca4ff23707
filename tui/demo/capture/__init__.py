"""A real walk through the demo portal becomes a script (DEMO-CLI-06)."""
