"""Talking to a LiveKit server: thin, asynchronous, by kind of resource.

    from lklint.protocol.messages import read, write, id_of
    from lklint.remote.credentials import Flags, find_credentials      # NoCredentials
    from lklint.remote.errors import Refused, Unreachable, OutcomeUnknown, BadAnswer, RemoteError
    from lklint.remote.server import connect

    credentials = find_credentials(Flags(project="prod"), os.environ)
    async with connect(credentials) as server:
        trunks = await server.list("inbound-trunk")        # every page: list[Message]
        trunk = await server.get("inbound-trunk", "ST_…")  # Refused("not_found", …)
        made = await server.create("dispatch-rule", read("dispatch-rule", {…}))
        id_of("dispatch-rule", made)                       # "SDR_…"
        await server.replace(kind, id, message)            # what is left out is gone
        await server.update(kind, id, {"numbers": []})     # some fields; an empty list clears
        await server.delete(kind, id)
        await server.create_participant(message, seconds)
        await server.transfer(message)
        await server.numbers.search("US", "415", limit=50)  # also: page, all, get, purchase,
        await server.numbers.update(id="PN_…", dispatch_rule_id="SDR_…")  # release

Kinds are those of `lklint.protocol.messages`; `list` and `get` take "phone-number" too. Messages
are protobuf's; `write` makes JSON of one, `unknown_fields` names what a newer server put into it.

What goes wrong is a `RemoteError`, told apart by what is to be done next:

- `Refused(code, message)`: the server said no, nothing was written. `explaining.explained(message)`
  names lklint's rule for it.
- `Unreachable`: nothing was sent, or a question got no answer; nothing was written.
- `OutcomeUnknown`: a write was sent and its outcome is not known: look, never repeat. Cancelling a
  task (Ctrl-C) while a write is under way ends in it too.
- `BadAnswer`: a question was answered with nonsense.

Questions are repeated (three times, with jitter), writes never. Nothing here knows files or the
command line, and no exception, repr or message holds a secret.

Importing this package alone loads nothing; `env_file` and `credentials` load no network library.
"""
