"""`lklint setup …`: several steps that belong together, planned before the first is taken."""
