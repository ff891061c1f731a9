"""A small province's correspondence, written for this project: what `make demo` indexes and the tests search.

`samples/source/*.toml` hold what the documents say; `python -m samples.build` sets them in the layout of Nghị định
30/2020/NĐ-CP, Phụ lục I, as the files in `samples/documents/`. Province, people and numbers are invented.
"""
