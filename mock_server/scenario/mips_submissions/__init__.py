"""Synthetic MIPS submissions and profiles for 2017 to 2019, drawn from the keys of their subjects.

`reporting` says who reports at which level, `plans` what they send, `counts`, `quality`, `interoperability`,
`activities` and `profiles` draw the figures, `records` puts a subject's record together.
"""
