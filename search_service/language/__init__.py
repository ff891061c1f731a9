"""The query language (ngôn ngữ tra cứu) for those who want it: phrases, AND/OR/NOT, prefixes, nearness and fields.

`lexemes` cuts what was typed, `parser` makes a tree of it, `fields` says which fields there are and how their values
are read, `translation` turns the tree into an engine's query, `composing` writes an expression from a form's fields,
`removal` one without a condition. Most questions hold none of it and never come here.
"""
