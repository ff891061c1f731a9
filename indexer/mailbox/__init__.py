"""A mailbox of official mail (hộp thư công vụ) over IMAP (RFC 9051, RFC 3501), read and never changed."""

from indexer.mailbox.mailboxes import Mailbox, Mailboxes, MailboxUnavailable

__all__ = ["Mailbox", "MailboxUnavailable", "Mailboxes"]
