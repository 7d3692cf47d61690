"""From a server to files: `lklint pull` and `lklint import`.

`resource` turns what a server has into what a file says: secrets and ids become references
(`secrets`, `wording`). `placing` decides on files, `text` writes new ones, `merging` changes those
that are there, `numbers` does both for phone numbers. `making` puts it together into a `Pull` and
writes nothing.

    pull = make_pull(Here(environment, wants, lock, variables, read, is_usable), stored)
"""
