"""LiveKit's messages as protobuf classes, and plain JSON values to and from them.

`messages` has the class of every kind; `phone_numbers` the messages of the phone number API, which
LiveKit's Python packages lack. Importing this room loads protobuf: only what talks to a server, or
is one, does.
"""
