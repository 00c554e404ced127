"""Workbooks into registers: first a dry run that stores nothing, then the right rows, a few at a time."""
