"""The registry: what arrived, what was registered, what was drafted, and who did it."""
