"""The pages that are looked at, by what somebody sees there."""

PAGES = {
    "first page": "/",
    "results": "/search?q=chuyen+doi+so",
    "results without a question": "/search",
    "results with filters": "/search?q=chuyen+doi+so&type=Báo+cáo&type=Kế+hoạch&issued_from=2020-01-01",
    "results after Telex": "/search?q=chuyeenr+ddooir",
    "nothing found": "/search?q=zzzz&type=Báo+cáo",
    "wrong parameters": "/search?size=x&issued_from=2024-02-31",
    "document with hits": "/documents/doc-1?q=chuyen+doi+so",
    "document": "/documents/doc-2",
    "nothing there": "/nothing",
    "no document": "/documents/nothing",
    "search box for portals": "/embed",
}
