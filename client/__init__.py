"""The portal as a program sees it: no user interface and no server code.

`client.messages` is the wire contract that the mock server shares; everything else here talks to a portal
over HTTP and keeps the current screen.
"""
