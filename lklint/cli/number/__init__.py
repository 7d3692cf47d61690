"""`lklint number …`: the commands of `lk number …`, which ask before money is spent."""
