"""`manage.py load_documents`."""
