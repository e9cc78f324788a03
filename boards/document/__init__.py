"""A board paper as a tree of blocks. Plain Python: nothing here imports Django."""
