"""The version, in one place: the package, its metadata and every file that says what it was made with read it here."""

# Semantic Versioning: the columns of the tables and the names in `timeline.__all__` are the interface.
__version__ = "0.1.0"
