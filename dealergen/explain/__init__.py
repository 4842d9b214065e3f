"""Explaining a build: whether it equals a clean one, why a page was made, what would change next, where time goes."""
