"""One screen a file: each draws what it is given and says what was chosen."""
