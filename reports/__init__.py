"""What is told about the records."""
