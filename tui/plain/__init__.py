"""The line-by-line front end: append-only text for screen readers, braille, pipes and dumb terminals.

It is the conforming version of the product (accessibility section 0), no fallback: whatever the portal
serves can be read and done here. `run.py` is the entry, `session.py` the walk, `talk.py` the conversation;
most of the rest is pure: from a Screen or a table to lines, from a line to a choice or a command.
"""
