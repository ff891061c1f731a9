"""Vietnamese letters, as pieces of regular expressions."""

CAPITAL = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
CAPITALIZED = rf"[{CAPITAL}](?![{CAPITAL}])[^\W\d_]+"
"""A word of one capital and at least one small letter: `Bắc`."""
