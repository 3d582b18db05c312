"""The API of the directory, and what every route shares."""
