"""A register on paper: the form to fill in by hand, and one row printed to be checked by hand."""
