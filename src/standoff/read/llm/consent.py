"""Who agreed, for which dossier, that texts may go to which host. One line each, only appended.

The lines stand in a file beside the dossier, so that they travel with it and can be read without
any program.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from standoff.errors import BadRecord, NoConsent, UnreadableFile

LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))


@dataclass(frozen=True, slots=True)
class Consent:
    """One agreement: texts of `dossier` may be sent to `host`, by one scheme and to one port.

    `host` is a site such as https://api.example.org:443.
    """

    dossier: str
    host: str
    by: str
    at: str
    withdrawn: bool = False


def host_of(base_url: str) -> str:
    """The host that texts would go to.

    >>> host_of("https://api.example.org/v1")
    'api.example.org'
    """
    return (urlsplit(base_url).hostname or "").lower()


def site_of(base_url: str) -> str:
    """Scheme, host and port that texts would go to: what an agreement holds for.

    Raises `BadRecord` for an address that is none.

    >>> site_of("https://API.example.org/v1"), site_of("http://api.example.org:8080/v1")
    ('https://api.example.org:443', 'http://api.example.org:8080')
    """
    try:
        parts = urlsplit(base_url)
        port = parts.port or {"https": 443, "http": 80}[parts.scheme]
    except (ValueError, KeyError) as error:
        raise BadRecord(
            f"the address {base_url!r}", "http(s)://host[:port]/v1", "correct --base-url"
        ) from error
    return f"{parts.scheme}://{host_of(base_url)}:{port}"


def leaves_the_machine(base_url: str) -> bool:
    """False for a server on this machine.

    >>> leaves_the_machine("http://127.0.0.1:8080/v1")
    False
    """
    return host_of(base_url) not in LOOPBACK


def consent_file(dossier: Path) -> Path:
    """The file of agreements that belongs to a dossier."""
    return dossier.with_name(dossier.name + ".consent.jsonl")


def record_consent(
    dossier: Path, base_url: str, by: str, *, at: datetime | None = None, withdrawn: bool = False
) -> Consent:
    """Write down an agreement, or with `withdrawn` its end. Raises `UnreadableFile`."""
    moment = (at or datetime.now(UTC)).isoformat(timespec="seconds")
    consent = Consent(dossier.name, site_of(base_url), by, moment, withdrawn)
    try:
        with consent_file(dossier).open("a", encoding="utf-8") as handle:
            handle.write(json.dumps(asdict(consent), ensure_ascii=False) + "\n")
    except OSError as error:
        raise UnreadableFile(
            f"{consent_file(dossier)}: {error.strerror or error}", "a folder that can be written",
            "check its permissions",
        ) from error  # fmt: skip
    return consent


def consent_for(dossier: Path, base_url: str) -> Consent | None:
    """The agreement that holds for a dossier and a site, the last line deciding; None if none does.

    An agreement of before that names a bare host holds for no site: it is asked for again.
    """
    host, found = site_of(base_url), None
    try:
        lines = consent_file(dossier).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return None
    for line in lines:
        try:
            parsed: Any = json.loads(line)
        except ValueError:
            continue  # a line cut by a crash agrees to nothing
        row = cast("dict[str, Any]", parsed) if isinstance(parsed, dict) else {}
        if row.get("host") == host and row.get("dossier") == dossier.name:
            gone = bool(row.get("withdrawn"))
            found = (
                None
                if gone
                else Consent(dossier.name, host, str(row.get("by")), str(row.get("at")))
            )
    return found


def require(consent: Consent | None, base_url: str) -> None:
    """Raise `NoConsent` unless the host is this machine or the agreement names it."""
    if not leaves_the_machine(base_url):
        return
    host = site_of(base_url)
    if consent is None or consent.withdrawn or consent.host != host:
        raise NoConsent(
            f"a text that would go to {host}", f"an agreement for this dossier that names {host}",
            "standoff read ... --coder llm --dossier D --consent",
        )  # fmt: skip
