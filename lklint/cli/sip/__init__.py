"""`lklint sip …`: the commands of `lk sip …`, which check what they send."""
