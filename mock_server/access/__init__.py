"""Who may come in and what they may do: passwords, second factor, guess limits, the permission table."""
