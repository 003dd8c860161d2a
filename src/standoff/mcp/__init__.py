"""A server for tool-using assistants: the Model Context Protocol over standard input and output.

Four tools: `read`, `check`, `assess`, `why`. It works on a copy of the dossier unless it is started
with leave to write, opens no connection, and takes no message of more than four million bytes.
Protocol: revisions 2026-07-28 (every request by itself) and 2024-11-05 to 2025-11-25 (a handshake).
"""

from __future__ import annotations

from standoff.mcp.protocol import LONGEST, VERSIONS, Session, Tool, serve_lines
from standoff.mcp.tools import tools_for

__all__ = ["LONGEST", "VERSIONS", "Session", "Tool", "serve_lines", "tools_for"]
