"""What `score` does with files: find the documents, tell their kinds apart, score them, say it in one form.

A single document is told in full; of many, each gets one line and the work is spread over the cores.
"""
