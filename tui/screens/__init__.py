"""Screens of the full-screen app, chosen by state."""
