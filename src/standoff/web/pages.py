"""The routes. Each page opens the dossier, reads what it shows, and closes it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from standoff.assess import assess_question, system_of, why
from standoff.brief import render_html
from standoff.errors import MissingExtra, StandoffError
from standoff.ledger import Ledger
from standoff.web.views import marked, render

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import HTMLResponse

HEADERS = {
    # Nothing is loaded from anywhere: the page is the page.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def create_app(path: Path) -> Starlette:
    """The application for one dossier. Raises `MissingExtra` without the extra `web`."""
    try:
        from starlette.applications import Starlette
        from starlette.middleware import Middleware
        from starlette.middleware.trustedhost import TrustedHostMiddleware
        from starlette.responses import HTMLResponse
        from starlette.routing import Route
    except ImportError as error:
        raise MissingExtra(
            "the local app", "starlette and uvicorn", "pip install 'standoff[web]'"
        ) from error

    def page(body: str, status: int = 200) -> HTMLResponse:
        return HTMLResponse(body, status, HEADERS)

    def home(request: Request) -> HTMLResponse:
        with Ledger.open(path) as ledger:
            body = render(
                "home.html",
                title=path.name,
                system=system_of(ledger),
                documents=ledger.documents(),
                signals=ledger.signals()[-200:][::-1],
                claims=ledger.claims(),
            )
        return page(body)

    def document(request: Request) -> HTMLResponse:
        handle = str(request.path_params["handle"])
        with Ledger.open(path) as ledger:
            found = ledger.document(handle)
            marks = [(s.handle, s.signal.span) for s in ledger.signals() if s.document == handle]
            marks += [(c.handle, c.span) for c in ledger.claims() if c.document == handle]
        pieces = marked(found.text, marks)
        title = found.title or handle
        return page(render("document.html", title=title, document=found, pieces=pieces))

    def explain(request: Request) -> HTMLResponse:
        with Ledger.open(path) as ledger:
            tree = why(ledger, request.query_params.get("handle", ""))
        return page(render("why.html", title=tree.handle, tree=tree))

    def brief(request: Request) -> HTMLResponse:
        with Ledger.open(path) as ledger:
            system = system_of(ledger)
            text = request.query_params.get("as_of", system.as_of.isoformat())
            answer = assess_question(ledger, system, as_of=date.fromisoformat(text))
        return page(render_html(answer))

    async def refused(request: Request, error: Exception) -> HTMLResponse:
        return page(render("error.html", title="refused", message=str(error)), 400)

    return Starlette(
        routes=[
            Route("/", home),
            Route("/documents/{handle}", document),
            Route("/why", explain),
            Route("/brief", brief),
        ],
        # A page of another origin must not reach the dossier by a name of its own.
        middleware=[
            Middleware(
                TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "testserver"]
            )
        ],
        exception_handlers={StandoffError: refused, ValueError: refused},
    )
