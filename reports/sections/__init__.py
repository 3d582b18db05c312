"""The parts of the quarterly report, one file each: from what a reader counts to tables."""
