"""`lklint test`: the calls of files of call expectations, tried and told one by one.

`results` tries them; `as_text`, `as_json` and `as_junit` tell of them.
"""
