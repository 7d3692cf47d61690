"""Telephone companies as far as a file can tell: where calls go, where they come from.

`facts` is what they publish, with page and date; `hosts` knows a provider by the address of
outgoing calls, `sources` by the addresses that may call in. A name proves nothing, so that no
provider is known by one.
"""
