"""Thin HTTP routes: decode, authorize, call, encode."""
