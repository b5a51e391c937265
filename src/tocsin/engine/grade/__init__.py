"""Grading: how grave an event is, from what is known of it, by a table of the law.

`grade.grade(table, facts)` for an event's grade, `grade.respond(table, facts)` for a response level.
"""
