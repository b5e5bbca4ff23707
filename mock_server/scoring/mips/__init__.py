"""The MIPS engine for performance years 2017 to 2019: a submission and a profile in, a score tree out.

from mock_server.scoring.mips.engine import score
score(submission, profile).final_score
"""
