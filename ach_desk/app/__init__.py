"""Entry points: the window program and the command line."""
