"""The rules: one small function each, in one file a family topic.

`registry` says what a rule is; `found` what a rule reports; `all_rules` loads every family. A rule
sees a typed resource (or a problem, a failure of the schema, a document's form) and says what is
wrong at which pointer. It never sees a line number or a file.
"""
