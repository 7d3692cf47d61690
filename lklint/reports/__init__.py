"""Reports: one renderer a file, each a function from a `Report` to lines of text.

A renderer sees findings and nothing else. Whatever comes from a file goes through `escaping` before
it is printed.
"""
