"""Facts as data: roles, catalogue, windows, help desks, measures and benchmarks, each with its loader."""
