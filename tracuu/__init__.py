"""The front door: settings and command line; it alone puts the rooms together."""
