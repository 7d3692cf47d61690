"""Setting an editor up: which schema is for which files, and where VS Code is told so.

`associations` knows the schemas and the files, `settings` puts them into a `settings.json` and
leaves all else in it as it is. Nothing here reads or writes a file.
"""
