"""The score tree of section 13, built from a result: one module per category, and the root."""
