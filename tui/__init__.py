"""Every text interface: the full-screen app, the plain mode and the command line."""
