"""What `make bench` measures of the quarterly report: records of three quarters, and the shortest honest program."""
