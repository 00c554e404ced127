"""The county's own road graph: read from an OpenStreetMap extract, contracted to junctions, asked in microseconds.

reading → access (who may drive where, how fast) → contracting (chains between junctions) → turns (restrictions as a
graph for each mode) → graph (arrays in files, shared by the processes) → reaching, matrix, routes, isochrones.
Model and its limits: docs/algorithms/roads.md.
"""
