"""Scarce means where they help most: `dispatch` sends units to requests, `supply` shares out stock, `siting`
says where depots, shelters and ambulances should stand. Each answer is the best one with its proof, or the
best found with its gap, and says why.
"""
