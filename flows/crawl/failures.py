"""The names of failures: what a connection, a protocol or a decompressor raised, in the words of raw.fetches."""

import ssl

import h2.exceptions
import httpcore2

from flows.crawl.addresses import AddressRefused, NameUnknown

_CLASSES: tuple[tuple[tuple[type[Exception], ...], str, bool], ...] = (
    ((AddressRefused,), "address_refused", False),
    ((NameUnknown,), "dns", True),
    ((httpcore2.UnsupportedProtocol,), "bad_url", False),
    ((httpcore2.TimeoutException,), "timeout", True),
    ((httpcore2.ConnectError,), "connect", True),
    ((httpcore2.NetworkError, httpcore2.ProtocolError, h2.exceptions.H2Error, ssl.SSLError, OSError), "protocol", True),
    ((ValueError, TypeError), "protocol", True),  # a header that cannot be sent; a status of letters
)
FAILURES = tuple(kind for kinds, _, _ in _CLASSES for kind in kinds)


def explained(error: Exception) -> tuple[str, str, bool]:
    """The class and the message of one of FAILURES, and whether time may heal it. Raises what is none of them."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return "tls", str(cause), False
        cause = cause.__cause__ or cause.__context__
    for kinds, error_class, may_heal in _CLASSES:
        if isinstance(error, kinds):
            return error_class, str(error) or type(error).__name__, may_heal
    raise error
