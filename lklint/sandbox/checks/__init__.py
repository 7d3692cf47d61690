"""What LiveKit looks at before it takes a message, in its order and in its words.

Each check is a small function from a message to the words of a refusal, or None. `table` says which
checks a message goes through; the first that speaks is the answer.
"""
