"""Joint cases."""
