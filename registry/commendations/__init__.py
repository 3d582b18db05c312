"""Commendations of units for what they did in joint cases."""
