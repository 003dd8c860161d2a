"""Replies kept by the hash of endpoint, model, prompt version and messages, so that a run replays offline."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from standoff.errors import EndpointFailure, UnreadableFile

Message = dict[str, str]


def request_key(base_url: str, model: str, version: str, messages: Sequence[Message]) -> str:
    """What makes two requests the same: two servers may give one name to two models.

    >>> request_key("http://a/v1", "m", "1", []) == request_key("http://b/v1", "m", "1", [])
    False
    """
    packed = json.dumps(
        [base_url.rstrip("/"), model, version, list(messages)], ensure_ascii=True, sort_keys=True
    )
    return hashlib.sha256(packed.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ReplayCache:
    """A folder of replies. With `only_replay` a reply that is not there is an error, not a request."""

    folder: Path
    only_replay: bool = False

    def get(self, key: str) -> str | None:
        """The reply kept under a key, None if there is none."""
        try:
            parsed: Any = json.loads(self._path(key).read_text("utf-8"))
        except FileNotFoundError:
            if self.only_replay:
                raise EndpointFailure(
                    f"a request that was never made ({key[:12]})", "a reply in the cache",
                    "run once without --replay",
                ) from None  # fmt: skip
            return None
        except (OSError, ValueError) as error:
            raise UnreadableFile(
                f"{self._path(key)}: a reply that cannot be read",
                "a file of this cache",
                "remove it",
            ) from error
        reply = cast("dict[str, Any]", parsed).get("reply") if isinstance(parsed, dict) else None
        if not isinstance(reply, str):
            raise UnreadableFile(
                f"{self._path(key)}: no reply in it", "a file of this cache", "remove it"
            )
        return reply

    def put(self, key: str, model: str, version: str, reply: str) -> None:
        """Keep a reply; the file appears whole or not at all."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
        row = {"model": model, "prompt_version": version, "reply": reply}
        fresh.write_text(json.dumps(row, ensure_ascii=True), encoding="utf-8")
        fresh.replace(path)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"
