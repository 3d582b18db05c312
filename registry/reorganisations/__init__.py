"""Reorganisations of units: rename, merge, split, move, close, as one planned, shown, applied and undoable act."""
