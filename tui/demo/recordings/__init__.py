"""What a run leaves behind: text, casts, pictures, walkthrough, journal; each a function of its events."""
