"""Scarce supplies: who gets what from which depot when there is not enough.

asked       what is asked: depots, sites, items, lots, needs, a policy; what is wrong with it
programme   the same as arrays                      layout   from one to the other
levels      the least possible largest unmet share  interior good prices fast
master      exact, by columns, and warm             proof    the certificate, from prices alone
planning    the order of these steps                answer   the plan
lots        earliest expiry first                   whole    whole units
reasons     why, and why not                        changes  what one more, or a person's will, changes
"""
