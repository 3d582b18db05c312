"""Requests for information."""
