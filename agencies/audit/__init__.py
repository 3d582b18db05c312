"""The audit log: a leaf."""
