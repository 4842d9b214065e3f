"""The form contract, the capture function and the lead desk will live here; nothing does yet."""
