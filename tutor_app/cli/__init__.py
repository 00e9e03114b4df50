"""One file a command; '__main__' imports only the one that is run."""
