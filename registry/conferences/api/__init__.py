"""Conferences, resolutions and action items over HTTP."""
