"""Chores of the repository: generated documents, pictures."""
