"""The wire contract: one msgspec Struct per thing, used by client and server to encode and decode."""
