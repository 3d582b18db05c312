"""The project and its records."""
