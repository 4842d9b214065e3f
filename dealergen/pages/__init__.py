"""The HTML pages: which exist, at which address, from which template and which facts."""
