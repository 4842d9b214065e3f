"""dealergen: a dealership's spreadsheet, settings and Markdown in; its showroom out."""

__version__ = "0.1.0"
