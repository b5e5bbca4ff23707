"""One module per command of `qportal`; each is imported only when its command runs."""
