"""A stand-in for LiveKit's telephony API on this machine: SIP and phone numbers.

It answers as livekit-server 1.13.3 with redis does, in its own words: `tests/sandbox` asks both.
It calls nobody and costs nothing. `lklint sandbox` runs it; in a test:

    async with serving(Store()) as url:
        ...

`server` speaks HTTP, `json_form` the JSON of protobuf, `methods` lists what can be called,
`services/` does it, `checks/` refuse, `store` keeps, `faults` go wrong on demand.

Nothing in here is imported before a sandbox is started.
"""
