"""`manage.py load_reference` and its like."""
