"""The zone of every day and time (giờ Việt Nam)."""

from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
