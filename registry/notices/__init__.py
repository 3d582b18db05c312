"""Notices: somebody is told that something happened, never what it says."""
