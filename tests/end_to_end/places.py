"""The pages that are looked at, by what somebody sees there."""

from playwright.sync_api import Page

PAGES = {
    "first page": "/",
    "results": "/search?q=chuyen+doi+so",
    "results without a question": "/search",
    "results with filters": "/search?q=chuyen+doi+so&type=Báo+cáo&type=Kế+hoạch&issued_from=2020-01-01",
    "results after Telex": "/search?q=chuyeenr+ddooir",
    "nothing found": "/search?q=zzzz&type=Báo+cáo",
    "nothing found, with what to drop": '/search?q="đất rừng biển" loại:báo -"dự thảo"&type=Kế+hoạch',
    "mistake in an expression": "/search?q=chuyển+đổi+(số+AND",
    "wrong parameters": "/search?size=x&issued_from=2024-02-31",
    "document with hits": "/documents/doc-1?q=chuyen+doi+so",
    "document": "/documents/doc-2",
    "nothing there": "/nothing",
    "no document": "/documents/nothing",
    "search box for portals": "/embed",
    "advanced form": "/search/advanced",
    "advanced form filled in": "/search/advanced?f_words=kế+hoạch&f_issued_from=2021-01-01&show=true&type=Báo+cáo",
    "how to search": "/huong-dan",
    "empty basket": "/basket",
    "basket": "/basket?id=doc-1&id=doc-2&id=nothing",
    "API": "/docs",
    "API: an operation to try": "/docs/search",
    "API: an operation that writes": "/docs/put_document",
}

ORIGINAL_PAGES = {
    "document with its original": ("/documents/van-ban?q=chuyển đổi số", False),
    "page of a PDF": ("/documents/van-ban?q=chuyển đổi số", True),
    "page of a scan": ("/documents/ban-quet?q=quyết định", True),
    "page of a Word file": ("/documents/word", True),
    "results with pages": ("/search?q=chuyển đổi số", False),
}
"""Address, and whether the page of the original that it leads to is meant: that has a digest in its address."""


def open_original(page: Page, address: str, follow: bool) -> None:
    """Go to one of `ORIGINAL_PAGES`."""
    page.goto(address)
    if follow:
        page.goto(page.locator("a.thumb").get_attribute("href") or "")
