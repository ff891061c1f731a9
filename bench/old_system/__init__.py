"""An old document system as an office has it: registers, and files of every kind by year, many of them broken.

Everything in it is invented and made anew from a seed, so that what is right for each document is known.
"""

from bench.old_system.archive import Broken, Held, OldSystem, make

__all__ = ["Broken", "Held", "OldSystem", "make"]
