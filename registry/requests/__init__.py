"""Requests for information: asked, acknowledged, answered or refused, on a clock."""
