"""Data files the register is set up from: the rating matrix and the wording of its scales."""
