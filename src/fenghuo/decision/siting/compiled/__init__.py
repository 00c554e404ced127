"""The inner loops of siting, compiled. Rows are places, columns sites; costs are whole numbers kept as floats.

`start`, `site`, `cost`: the pairs of each row that are cheaper than its `base`, cheapest first; row i has those from
start[i] to start[i + 1]. `base`: what a row costs when nothing new opens.
"""
