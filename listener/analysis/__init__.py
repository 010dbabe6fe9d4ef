"""Pure functions from speech to scores. No clock, no randomness, no thread, no input or output."""
