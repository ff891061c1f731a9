"""The database of an office system as offices have them: our own names and rows, PostgreSQL's types."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

SCHEMA = """
CREATE TABLE co_quan (id serial PRIMARY KEY, ten varchar(255) NOT NULL);
CREATE TABLE loai_van_ban (id serial PRIMARY KEY, ten varchar(100) NOT NULL);
CREATE TABLE so_van_ban (id serial PRIMARY KEY, ten varchar(100) NOT NULL, nam int NOT NULL);
CREATE TABLE van_ban_den (
    id uuid PRIMARY KEY,
    so_van_ban_id int REFERENCES so_van_ban,
    so_den int NOT NULL,
    ngay_den timestamptz NOT NULL,
    so_ky_hieu varchar(50),
    loai_id int REFERENCES loai_van_ban,
    co_quan_id int REFERENCES co_quan,
    ngay_ban_hanh date,
    trich_yeu text,
    nguoi_ky varchar(100),
    chuc_vu varchar(100),
    do_khan varchar(20) DEFAULT 'Thường',
    han_xu_ly varchar(20),                 -- typed by hand in the old form
    noi_nhan text[],
    don_vi_xem varchar(50)[],
    da_xoa boolean NOT NULL DEFAULT false
);
CREATE TABLE tep_dinh_kem (
    id serial PRIMARY KEY,
    van_ban_id uuid NOT NULL REFERENCES van_ban_den,
    thu_tu int NOT NULL,
    ten_tep varchar(255) NOT NULL,
    duong_dan varchar(500),
    noi_dung bytea
);
CREATE INDEX ON tep_dinh_kem (van_ban_id);
INSERT INTO co_quan (ten) VALUES ('Bộ Nội vụ'), ('Sở Y tế tỉnh Bình Lâm'), ('Ủy ban nhân dân xã Đông Hà');
INSERT INTO loai_van_ban (ten) VALUES ('Công văn'), ('Quyết định'), ('Báo cáo');
INSERT INTO so_van_ban (ten, nam) VALUES ('Sổ văn bản đến', 2024);
"""

_EXAMPLE = re.compile(r"(?<=\n\n) {4}\[database\].*?(?=\n\n\S)", re.DOTALL)
_DOCUMENTATION = Path(__file__).parents[2] / "docs" / "nhap-co-so-du-lieu.md"


def mapping(url: str, root: Path) -> str:
    """The mapping file of the user's manual, over this database and folder."""
    example = _EXAMPLE.search(_DOCUMENTATION.read_text(encoding="utf-8"))
    assert example is not None
    text = textwrap.dedent(example[0])
    for written, real in (("postgresql://tracuu@10.0.0.5:5432/eoffice", url), ("/mnt/van-ban", str(root))):
        assert written in text
        text = text.replace(written, real)
    return text


def key(number: int) -> str:
    """The id of the document of this number."""
    return f"00000000-0000-0000-0000-{number:012d}"


def documents(count: int) -> str:
    """SQL that adds so many documents, each with a file that the database holds."""
    return _DOCUMENTS.format(count=count)


_DOCUMENTS = """
INSERT INTO van_ban_den
SELECT ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, 1, n, '2024-03-05 23:30:00+00', n || '/BNV-TCBC',
       1, 1, '2024-03-01', 'V/v báo cáo biên chế đợt ' || n, 'Nguyễn Văn An', 'Vụ trưởng', 'Khẩn', '20/03/2024',
       ARRAY['Văn phòng', 'Phòng Tổ chức, cán bộ'], NULL, false
FROM generate_series(1, {count}) AS n;
INSERT INTO tep_dinh_kem (van_ban_id, thu_tu, ten_tep, noi_dung)
SELECT id, 1, 'cong-van.txt', convert_to('Toàn văn công văn thứ ' || so_den || '.', 'UTF8') FROM van_ban_den;
"""
