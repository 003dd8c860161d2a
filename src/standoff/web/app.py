"""The application: routes, and how a page is answered. Each opens the dossier and closes it again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from standoff.api.screens import View, look
from standoff.errors import NoDossier, StandoffError
from standoff.web.guard import Guard, Refused, Token
from standoff.web.jobs import Jobs
from standoff.web.pages import changes, frame, start
from standoff.web.pages import screens as shown
from standoff.web.place import Place, find
from standoff.web.render import page, pieces

LONG = ("text.html",)
"""Templates that may be a megabyte long."""
Screen = Callable[[View, Place], tuple[str, Mapping[str, Any]]]


def build(path: Path, *, author: str, hosts: Collection[str], key: str | None) -> Starlette:
    """The application for a dossier or a folder of dossiers."""
    folder = path if path.is_dir() else path.parent
    desk = App(folder.resolve(), path.stem if path.is_file() else "", author)
    return Starlette(
        routes=desk.routes(),
        middleware=[Middleware(Guard, hosts=hosts, key=key)],
        exception_handlers={
            StandoffError: desk.failed,
            Refused: desk.failed,
            HTTPException: desk.missing,
        },
    )


class App:
    """What the routes share: the folder, the author, the secret of the forms, the running jobs."""

    def __init__(self, folder: Path, first: str, author: str) -> None:
        self.folder = folder
        self.first = first
        self.author = author
        self.token = Token()
        self.jobs = Jobs()

    def routes(self) -> list[Route | Mount]:
        """Every address of the app."""
        static = StaticFiles(packages=[("standoff.web", "static")])
        screens = [
            Route(f"/d/{{name}}/{name}{{rest:path}}", self._screen(build, name))
            for name, build in shown.SCREENS.items()
        ]
        posts = [
            Route(f"/d/{{name}}/do/{name}", self._change(act), methods=["POST"])
            for name, act in changes.CHANGES.items()
        ]
        return [
            Route("/", self.start),
            Route("/new", self.make, methods=["POST"]),
            Route("/job/{id}", self.job),
            Route("/job/{id}/cancel", self.cancel, methods=["POST"]),
            Route("/d/{name}", self.first_screen),
            Route("/d/{name}/", self.first_screen),
            *screens,
            *posts,
            Mount("/static", static),
        ]

    # ------------------------------------------------------------ pages

    def start(self, request: Request) -> Response:
        """The dossiers of the folder, and how to make one."""
        values = start.start_page(self.folder, self.first, dict(request.query_params))
        return self._html("start.html", values)

    def first_screen(self, request: Request) -> Response:
        """A dossier by its name alone leads to its desk."""
        place = Place(self._path(request), "desk", "", dict(request.query_params))
        return RedirectResponse(place.here(), 303)

    def _screen(self, build: Screen, name: str) -> Callable[[Request], Response]:
        def endpoint(request: Request) -> Response:
            rest = str(request.path_params.get("rest", ""))
            if rest and not rest.startswith("/"):
                raise HTTPException(404)
            place = Place(self._path(request), name, rest.strip("/"), dict(request.query_params))
            with ExitStack() as held:
                view = held.enter_context(look(place.path, as_of=place.asof, recorded_by=place.rec))
                template, values = build(view, place)
                if template.startswith("/"):
                    return RedirectResponse(template, 303)
                if template == "file":
                    return Response(
                        values["body"], media_type=values["type"], headers=values["headers"]
                    )
                given = {**self._shared(), **frame.frame(view, place), **values}
                if template in LONG:
                    # The head and the text go out while the rest is still being made.
                    return StreamingResponse(
                        _pieces(template, given, held.pop_all()), media_type="text/html"
                    )
                return HTMLResponse(page(template, given))

        return endpoint

    def _html(self, template: str, values: Mapping[str, Any], status: int = 200) -> HTMLResponse:
        return HTMLResponse(page(template, {**self._shared(), **values}), status)

    def _shared(self) -> dict[str, Any]:
        return {"token": self.token.value, "author": self.author}

    def _path(self, request: Request) -> Path:
        return find(self.folder, str(request.path_params["name"]))

    # ------------------------------------------------------------ changes

    def _change(self, act: changes.Change) -> Callable[[Request], Any]:
        async def endpoint(request: Request) -> Response:
            # A bound on parts, too: a form of a million fields is no form of ours.
            async with request.form(max_files=200, max_fields=200) as form:
                given = await changes.collect(form)
                self.token.check(given.fields.get("token", ""))
                path = self._path(request)
                done = await run_in_threadpool(act, path, self.author, given, self.jobs)
            if wants_data(request):
                return JSONResponse(done.record())
            return RedirectResponse(done.to, 303)

        return endpoint

    async def make(self, request: Request) -> Response:
        """Make a dossier, and go to it."""
        async with request.form(max_files=1, max_fields=50) as form:
            given = await changes.collect(form)
        self.token.check(given.fields.get("token", ""))
        name = await run_in_threadpool(start.make, self.folder, given.fields, self.author)
        return RedirectResponse(f"/d/{name}/desk", 303)

    # ------------------------------------------------------------ work that takes a while

    def job(self, request: Request) -> Response:
        """How far a piece of work is; when it is done, on to what it made."""
        job = self.jobs.get(str(request.path_params["id"]))
        if wants_data(request):
            return JSONResponse(job.record())
        if job.state == "done" and not request.query_params.get("stay"):
            return RedirectResponse(job.to, 303)
        return self._html("job.html", {"job": job.record(), "title": job.title})

    async def cancel(self, request: Request) -> Response:
        """Stop a piece of work at its next step; what was stored stays."""
        async with request.form(max_files=0, max_fields=5) as form:
            self.token.check(str(form.get("token", "")))
        job = self.jobs.get(str(request.path_params["id"]))
        job.cancel()
        return RedirectResponse(f"/job/{job.id}", 303)

    # ------------------------------------------------------------ what goes wrong

    async def failed(self, request: Request, error: Exception) -> Response:
        """An error of ours as a page, or as data: what came, what was expected, what to do."""
        status = error.status if isinstance(error, Refused) else 400
        if isinstance(error, NoDossier):
            status = 404
        said = {
            "came": getattr(error, "came", str(error)),
            "expected": getattr(error, "expected", ""),
            "remedy": getattr(error, "remedy", ""),
        }
        if wants_data(request):
            return JSONResponse({"error": said}, status)
        return self._html("error.html", {"title": "That did not work", **said}, status)

    async def missing(self, request: Request, error: Exception) -> Response:
        """An address that leads nowhere."""
        status = error.status_code if isinstance(error, HTTPException) else 404
        said = {"came": request.url.path, "expected": "an address of this program", "remedy": "/"}
        if wants_data(request):
            return JSONResponse({"error": said}, status)
        return self._html("error.html", {"title": "Nothing here", **said}, status)


def _pieces(template: str, given: Mapping[str, Any], held: ExitStack) -> Iterator[str]:
    """A page in pieces; what it reads from stays open until the last."""
    with held:
        yield from pieces(template, given)


def wants_data(request: Request) -> bool:
    """Whether our own script asks, and not a person."""
    return "application/json" in request.headers.get("accept", "")
