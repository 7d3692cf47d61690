"""The shape of a value: what the published JSON Schemas say about it.

`schemas` finds and loads them, `failures` runs one over a value and tells which rule each failure
belongs to. What a schema cannot say is said by the rules.
"""
