"""Requests in the admin."""

from registry.requests.admin import requests

__all__ = ["requests"]
