"""The rules of findings, one to a file. A file here is loaded by its presence."""
