"""What is said to a person whose file cannot be brought in."""


class WordImportError(ValueError):
    """The file is refused. The text is one sentence for the author: what is wrong and what to do next."""
