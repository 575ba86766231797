"""Sources and envelopes: bytes in, files out."""
