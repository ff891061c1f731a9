"""The connection, and the one place where the client's errors become the engine's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from elastic_transport import ApiError, ConnectionTimeout, TransportError
from elastic_transport.client_utils import DEFAULT
from elasticsearch import Elasticsearch

from engines.interface import EngineError, EngineUnavailable, IndexMissing

_CONNECTIONS = 16
_REFUSED_CREDENTIALS = frozenset({401, 403})
_OVERLOADED = frozenset({429, 502, 503, 504})


def connect(
    url: str,
    *,
    api_key: str | None = None,
    basic_auth: tuple[str, str] | None = None,
    ca_certs: str | None = None,
    request_timeout: float = 30.0,
) -> Elasticsearch:
    """Make a client for up to 16 threads. Nothing is sent yet.

    Args:
        url: Addresses of the nodes, `https://host:9200`, several with commas between.
        api_key: An API key, or
        basic_auth: a user and a password.
        ca_certs: File of the certificate authority that signed the server's certificate.
        request_timeout: Seconds that one request may take.
    """
    return Elasticsearch(
        [address.strip() for address in url.split(",")],
        api_key=api_key,
        basic_auth=basic_auth,
        # Even None would count as given, which plain HTTP refuses.
        ca_certs=ca_certs or DEFAULT,
        request_timeout=request_timeout,
        connections_per_node=_CONNECTIONS,
        # Every request here may be sent twice: documents carry their ids, and the lock knows its owner.
        retry_on_timeout=False,
        max_retries=2,
    )


@contextmanager
def engine_errors() -> Iterator[None]:
    """Let no exception of the client out: each becomes the engine's own, with a message for people."""
    try:
        yield
    except ApiError as error:
        raise _from_answer(error) from error
    except ConnectionTimeout as error:
        raise EngineUnavailable(f"Elasticsearch không trả lời kịp thời hạn: {error}") from error
    except TransportError as error:
        raise EngineUnavailable(f"Không kết nối được Elasticsearch: {error}") from error


def _from_answer(error: ApiError) -> EngineError:
    status = error.meta.status
    if error_type(error) == "index_not_found_exception":
        return index_missing()
    if status in _REFUSED_CREDENTIALS:
        return EngineUnavailable(f"Elasticsearch từ chối quyền truy cập (HTTP {status}): {error}")
    if status in _OVERLOADED:
        return EngineUnavailable(f"Elasticsearch đang quá tải hoặc chưa sẵn sàng (HTTP {status}): {error}")
    return EngineError(f"Elasticsearch không thực hiện được yêu cầu (HTTP {status}): {error}")


def index_missing() -> IndexMissing:
    """What to raise where there is no live index."""
    return IndexMissing("Chưa có chỉ mục: chưa lập chỉ mục văn bản nào. Hãy chạy `tracuu index`.")


def error_type(error: ApiError) -> str:
    """The server's name of the error, empty when its answer has none."""
    cause = error.body.get("error") if isinstance(error.body, dict) else None
    return str(cause.get("type", "")) if isinstance(cause, dict) else ""
