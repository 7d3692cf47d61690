"""The pipeline: bytes to a document, a document to what the rules found, and that to findings.

`run` does it for files and texts, `judge` asks the rules about one document, `locate` turns their
pointers into lines and columns.
"""
