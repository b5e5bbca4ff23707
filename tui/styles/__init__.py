"""Themes and the shared stylesheet of the full-screen app."""
