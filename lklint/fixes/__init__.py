"""Applying fixes: `apply` to a text until nothing changes, `write` to a file without losing it."""
