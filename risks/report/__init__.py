"""The report of the register to a board: covering paper, appendices, findings, and the implementation of the Register protocol."""
