"""Texts that say nearly the same: the same warning sent on, the same complaint handed in again.

`similar` groups any number of texts at once; `Window` watches a stream of them. Two texts belong together if
the sets of their runs of three characters overlap in a Jaccard share of at least the asked one; nothing is
told without that share having been counted exactly.

    folding     what counts as the same character
    shingles    a text as the set of its runs of three, and the exact share that two sets have in common
    signatures  short random samples of these sets, such that like sets have like samples
    contents    identical texts, held once
    bands       who may be alike, by sorting the samples
    groups      what comes out
    similar     all texts at once
    ring        the memory of a stream, bounded
    window      a stream
"""
