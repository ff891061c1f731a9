"""Relevance and speed, measured against named baselines in the same run. `python -m bench --help`."""
