"""Questions in, ranked answers out: ranking, highlights, HTTP API and web page."""
