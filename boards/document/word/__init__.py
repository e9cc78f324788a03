"""Word in and Word out: `read_docx`, `write_docx`, and the report an author sees after an import."""

from .errors import WordImportError
from .reader import Imported, read_docx
from .writer import write_docx

__all__ = ["Imported", "WordImportError", "read_docx", "write_docx"]
