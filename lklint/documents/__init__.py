"""Documents: from bytes to values, and from a pointer back to the characters.

`reading` turns bytes into a value as strictly as LiveKit's own reader does; `identity` tells what
the value is (kind and form); `tolerant` reads any text into a `tree` that knows where everything
stands, and names what is broken; `edits` changes the text and nothing around it; `discovery` finds
the files. Nothing here knows a rule.
"""
