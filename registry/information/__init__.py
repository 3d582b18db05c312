"""Shared information."""
