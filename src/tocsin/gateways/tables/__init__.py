"""Tables from outside: CSV and xlsx files whose columns a mapping turns into signals.

Read as a stream, kept in batches; a row that can't be read goes to quarantine with its line, its column
and the reason, and nothing valid beside it is lost.
"""
