from typing import Any, BinaryIO

def parse(
    url_file_stream_or_string: BinaryIO | bytes | str,
    *,
    sanitize_html: bool | None = None,
    resolve_relative_uris: bool | None = None,
) -> Any: ...
