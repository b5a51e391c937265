"""Names of the journal."""

DESK = "desk"
"""The chain of everything that belongs to no single incident."""

GENESIS = "0" * 64
"""What the first entry of a chain names as its predecessor."""

WHOLE = "*"
"""The head that counts the entries of all chains; no chain may bear this name."""
