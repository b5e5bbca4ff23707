"""The workflow of the portal: one module per group of states, one transition table, one engine.

Read `transitions.py` first: it lists every action of every state with the function that carries it out. A
state is a `StateDefinition` (title, help, view) in its module. A request comes in through `engine.py`,
who is calling is told by `entrance.py`, `turn.py` is one action inside its transaction, and `view.py` makes
the Screen.
"""
