"""Addresses of the days off, of notices and of what a person chose about them. Imported by tests.access.routes."""

from tests.access.routes import Route, reads

ROUTES: list[Route] = [*reads("non-working-days", "")]
