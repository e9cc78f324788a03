"""What is said when a document breaks the schema."""


class DocumentError(ValueError):
    """A document that may not be kept.

    ``sentence`` is written for the officer; ``block_id`` is the nearest block with a permanent id, or None.
    """

    def __init__(self, sentence: str, block_id: str | None = None):
        super().__init__(sentence)
        self.sentence = sentence
        self.block_id = block_id
