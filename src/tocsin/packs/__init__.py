"""Law and local policy as dated, cited data, with the typed reader beside it.

A rule, its number, its source and its effective date stand together in a row of a YAML table. Another
country or another city is another folder, never a branch in code. Start with `reader.load`.
"""
