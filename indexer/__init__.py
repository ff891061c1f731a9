"""Files, registers and records in; official documents out, analysed and written into an engine."""
