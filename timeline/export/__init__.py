"""Events and their sources in the formats that others read; one module a format, all of them listed in `FORMATS`."""

from timeline.export.citations import cited_by, narrowed_documents, web_address
from timeline.export.data_package import package_files, zipped
from timeline.export.people import people_csv
from timeline.export.readable import COLUMNS, heads, readable
from timeline.export.registry import FORMATS, Format, page_of
from timeline.export.writing import export, narrowed, of_events

__all__ = [
    "COLUMNS",
    "FORMATS",
    "Format",
    "cited_by",
    "export",
    "heads",
    "narrowed",
    "narrowed_documents",
    "of_events",
    "package_files",
    "page_of",
    "people_csv",
    "readable",
    "web_address",
    "zipped",
]
