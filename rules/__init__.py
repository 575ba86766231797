"""What the law and the language say, as pure functions and types."""
