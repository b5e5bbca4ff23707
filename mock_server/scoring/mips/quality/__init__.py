"""The quality category: from counts to a percent (mips-scoring sections 2 to 5)."""
