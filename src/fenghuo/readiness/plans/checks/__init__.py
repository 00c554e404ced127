"""Checks of plans on the spot (2.2): round, sample, answers, findings, summary."""
