"""The command line: thin. Each command parses, calls, prints and exits.

`quick` answers the plain `lklint check …` of hooks and pipelines without loading Typer; everything
else, help and completion included, is `app`.
"""
