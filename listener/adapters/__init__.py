"""One backend per file: each implements a port with a library or the file system."""
