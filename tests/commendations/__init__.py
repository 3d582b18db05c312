"""Commendations."""
