"""HTTP: problems, pages, parsers, idempotency."""
