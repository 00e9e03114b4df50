"""One importer a document format; each turns a file into a stream of blocks."""

from engine.content.importers.file_type import SUFFIXES
from engine.content.importers.import_document import document_id, import_document
from engine.content.importers.job import ImportLimits

__all__ = ["SUFFIXES", "ImportLimits", "document_id", "import_document"]
