"""Call expectations: where calls are to go, and whether they do.

`calls` reads them, `patterns` compares texts, `verdicts` holds one against what LiveKit does with
its call.
"""
