"""Tables and queries. SQL that only SQLite understands is in `mock_server.store.sqlite`."""
