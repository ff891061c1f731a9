"""The commands. Each imports what it needs when it runs, so that `tracuu --help` answers at once."""
