"""Model files: the manifest, downloads, what is installed, what this machine can run."""
