"""Making a server what the files say: plan, apply, and the lock that remembers ids.

`wanted` reads files, `identity` finds each on the server, `normal` compares, `binding` puts ids in
the place of names, `numbers` does the same for phone numbers, `obstacles` tells what LiveKit would
refuse, `order` finds an order without a conflict, `planning` makes the plan of all that. `applying`
carries it out with the `writes`, into the `lock`; `holding` keeps a second apply out. `showing` and
`as_json` print.

    wants = wants(environment, os.environ)
    stored = await fetch(server, wants)
    lock = read_lock(path, url)
    plan = make_plan(environment, wants, stored, lock, Choice(), key)
    outcome = await carry_out(server, plan, lock, tell)
"""
