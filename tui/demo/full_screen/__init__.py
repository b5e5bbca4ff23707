"""Demo scripts in the full screen: the real app, its real keys, and pictures of what it shows."""
