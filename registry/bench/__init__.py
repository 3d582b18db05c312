"""What `make bench` measures with: a million items in a database of their own, and the shortest honest program."""
