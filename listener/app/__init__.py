"""Use cases, configuration, composition of adapters, and the command line."""
