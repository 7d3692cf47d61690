"""Drawings for people: the way of one call (`route_…`), and where all calls go (`graph_…`).

What is drawn is decided by `telephony.routing`; here it is only chosen, put into words and set out.
"""
