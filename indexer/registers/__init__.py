"""Registers (sổ đăng ký văn bản đến, đi): spreadsheets whose rows are documents."""

from indexer.registers.attachments import join
from indexer.registers.opening import MAPPING_SUFFIX, Register, may_be_register, open_register

__all__ = ["MAPPING_SUFFIX", "Register", "join", "may_be_register", "open_register"]
