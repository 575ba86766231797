"""Approved documents leave for a mailbox, each at most once."""
