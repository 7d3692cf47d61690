"""Which agents there are, by the sources that start them.

`names` reads files and folders; `python_sources` and `script_sources` each know how one SDK is told
an agent's name. Sources are parsed, never run.
"""
