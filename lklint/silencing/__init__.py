"""What is found and not told: accepted findings, the baseline, lines that nobody touched.

`pointers` matches places, `ignores` are the `[[ignores]]` of a configuration, `baseline` is the
file of what was there before lklint, `accept` puts both to work for the files of one configuration,
and `changes` asks git what was touched.
"""
