"""The domain: what LiveKit's telephony resources are, and how LiveKit reads their values.

Plain values in, plain values out: no files, no rules, no command line. `message` and `resources`
are the typed view of a document; the other modules each know one thing of the world (phone numbers,
addresses, PINs, rooms, headers, codecs …) as LiveKit's code treats it.
"""
