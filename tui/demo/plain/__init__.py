"""Demo scripts in plain mode: the real conversation, its real prompts, and what it prints."""
