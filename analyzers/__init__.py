"""Vietnamese text in, tokens out: pure functions that know no files, no network and no engine."""
