"""What published documents say, and how it is read."""
