"""The parts of a run; each gives its rows."""
