"""The part of the package that is written by hand: JSON, errors, and the call. Programs find all of it in `baselinker_client`."""

from .batch import Batches, BatchFailure
from .client import AsyncClient, Client
from .decode import ApiRefusal, Reply, decode_reply
from .enums import OpenInt, OpenText
from .errors import (
    ApiError,
    BaseLinkerError,
    BlockedError,
    ConfigError,
    HttpError,
    InvalidReplyError,
    Refusal,
    RefusedError,
    TransportError,
    TransportErrorKind,
)
from .file import File, InvalidFileError
from .follow import AsyncFollow, Follow
from .info import Access, ApiInfo, BatchLimit, CursorStyle, Method, PageStyle
from .limit import Place, RateLimiter, SlidingWindow
from .observer import BlockInfo, CallEnd, CallInfo, Observer
from .paging import AsyncItems, AsyncPages, Items, Pages
from .plain import canonical
from .report import DecodeError, Mismatch
from .request import BatchedRequest, FollowedRequest, PagedRequest, Request
from .retry import Repeat, RetryPolicy
from .secret import Token
from .shape import EMPTY_LIST, EMPTY_MAP, Json, Object
from .timestamp import Timestamp
from .writer import InvalidParameterError, parameters_of

__all__ = [
    "EMPTY_LIST",
    "EMPTY_MAP",
    "Access",
    "ApiError",
    "ApiInfo",
    "ApiRefusal",
    "AsyncClient",
    "AsyncFollow",
    "AsyncItems",
    "AsyncPages",
    "BaseLinkerError",
    "BatchFailure",
    "BatchLimit",
    "BatchedRequest",
    "Batches",
    "BlockInfo",
    "BlockedError",
    "CallEnd",
    "CallInfo",
    "Client",
    "ConfigError",
    "CursorStyle",
    "DecodeError",
    "File",
    "Follow",
    "FollowedRequest",
    "HttpError",
    "InvalidFileError",
    "InvalidParameterError",
    "InvalidReplyError",
    "Items",
    "Json",
    "Method",
    "Mismatch",
    "Object",
    "Observer",
    "OpenInt",
    "OpenText",
    "PageStyle",
    "PagedRequest",
    "Pages",
    "Place",
    "RateLimiter",
    "Refusal",
    "RefusedError",
    "Repeat",
    "Reply",
    "Request",
    "RetryPolicy",
    "SlidingWindow",
    "Timestamp",
    "Token",
    "TransportError",
    "TransportErrorKind",
    "canonical",
    "decode_reply",
    "parameters_of",
]
