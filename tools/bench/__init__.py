"""`make bench`: what the program costs, each figure beside a floor measured in the same run.

Ratios count, not seconds: machines are noisy. Nothing here runs in `make test`.
"""
