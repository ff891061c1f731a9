"""Where tokens live: one interface, two engines (`embedded` and `elasticsearch`).

The rooms of the house share what is here: the document record (`record`), the index's fields (`schema`), the query
tree (`query`) and the engine's interface (`interface`). Nothing here knows Vietnamese; text arrives as tokens.
"""
