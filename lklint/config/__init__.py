"""The configuration: which files hold one, what it says, and what that means for one file.

`finding` finds and reads the files, `model` says what may stand in them, `mistakes` explains what
may not, `selection` turns codes, prefixes and names into rules, `profile` puts it together with the
command line.
"""
