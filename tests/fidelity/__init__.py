"""Holding lklint against LiveKit's own code. See README.md."""
