"""What comes in as a file: bytes to checked values, or every fault with its place."""
