"""The demo scripts that come with the program."""
