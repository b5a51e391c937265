"""Detection: which of many count series show more than their past explains.

Pure functions from a shard (counts × time) to scores, one detector a file. What comes in dirty is judged
series by series (`series`), so that one bad series never stops the others; what a detector can't judge it
says.
"""
