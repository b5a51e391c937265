"""The HTTP API: the same objects and the same actions as the pages, for other programs.

Whoever calls acts as a person: the rights are those of the posts that the person holds. A call reads
through a room's queries and changes through one action; nothing is decided here.
"""
