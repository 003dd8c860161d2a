"""What the forms do: every change of a dossier that a page can ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from starlette.datastructures import FormData, UploadFile

from standoff.api.screens import Actions, Done, NewText, assess_day, read_texts, reword
from standoff.errors import InputError
from standoff.web.jobs import Jobs, Tell
from standoff.web.place import Place, day_of

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Given:
    """A filled form: its fields, and its files with their names, which are only names."""

    fields: Mapping[str, str]
    files: tuple[tuple[str, bytes], ...] = ()

    def get(self, key: str, default: str = "") -> str:
        """A field; the default where it is not there."""
        return self.fields.get(key, default)


@dataclass(frozen=True, slots=True)
class AfterChange:
    """What a change did, and where the page goes on."""

    to: str
    done: Done | None = None
    more: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def record(self) -> dict[str, Any]:
        """The outcome as plain data for the script."""
        found: dict[str, Any] = {"to": self.to, **self.more}
        if self.done is not None:
            d = self.done
            found |= {
                "said": d.said, "action": d.action, "handle": d.handle, "state": d.state,
                "left": d.left,
            }  # fmt: skip
        return found


Change = Callable[[Path, str, Given, Jobs], AfterChange]


async def collect(form: FormData) -> Given:
    """A form as plain values; of a path that comes as a file's name only the last part is kept."""
    fields: dict[str, str] = {}
    files: list[tuple[str, bytes]] = []
    for key, value in form.multi_items():
        if isinstance(value, UploadFile):
            body = await value.read()
            name = re.split(r"[/\\]", value.filename or "")[-1][:LONGEST_NAME]
            if name or body:
                files.append((name or "unnamed", body))
        else:
            fields[key] = value
    return Given(fields, tuple(files))


def decide(path: Path, author: str, given: Given, jobs: Jobs) -> AfterChange:
    """Accept or reject one signal or claim."""
    done = Actions(path, author).decide(
        given.get("handle"), given.get("action"), given.get("reason")
    )
    return AfterChange(_back(path, given), done)


def decide_all(path: Path, author: str, given: Given, jobs: Jobs) -> AfterChange:
    """Accept or reject every signal that was listed and shown, as one action."""
    handles = given.get("handles").split()
    done = Actions(path, author).decide_all(handles, given.get("action"), given.get("reason"))
    return AfterChange(_back(path, given), done)


def undo(path: Path, author: str, given: Given, jobs: Jobs) -> AfterChange:
    """Take back an action, or the last one."""
    return AfterChange(_back(path, given), Actions(path, author).undo(given.get("action") or None))


def edit(path: Path, author: str, given: Given, jobs: Jobs) -> AfterChange:
    """Change a coding, or overrule a verdict."""
    fields = dict(given.fields)
    # A box that is not ticked sends nothing.
    fields.setdefault("negated", "")
    done = Actions(path, author).edit(given.get("handle"), fields, given.get("reason"))
    return AfterChange(_back(path, given), done)


def mark(path: Path, author: str, given: Given, jobs: Jobs) -> AfterChange:
    """Add a signal in the words that were selected."""
    ends = [given.get("start"), given.get("end")]
    if not all(re.fullmatch(r"\d{1,9}", e) for e in ends):
        raise InputError(f"characters {ends}", "two numbers", "select words in the text")
    document = given.get("document")
    done = Actions(path, author).mark(document, int(ends[0]), int(ends[1]), given.fields)
    here = Place(path, "text", document, {"asof": given.get("asof"), "sel": done.handle})
    return AfterChange(here.card(done.handle, document), done)


def grade(path: Path, author: str, given: Given, jobs: Jobs) -> AfterChange:
    """Grade a source."""
    done = Actions(path, author).grade(
        given.get("source"), given.get("letter"), given.get("because")
    )
    return AfterChange(_back(path, given), done)


def read(path: Path, author: str, given: Given, jobs: Jobs) -> AfterChange:
    """Read pasted text or dropped files into the dossier, step by step."""
    text = given.get("text").strip("\r\n")
    published = day_of(given.get("published").strip())
    source = given.get("source").strip()
    items = [NewText(n, b, "", published, source) for n, b in given.files if b]
    if text.strip():
        # A browser ends the lines of a form with \r\n, whatever was pasted.
        plain = text.replace("\r\n", "\n")
        items.append(NewText("", plain.encode(), given.get("title"), published, source))
    if not items:
        raise InputError("no text and no file", "a text or a file", "paste one or drop one")
    back = Place(path, "text", "", {})

    def work(tell: Tell) -> str:
        last = read_texts(path, items, author=author, tell=tell)
        return back.to("text", last, asof=given.get("asof"))

    many = f"{len(items)} texts" if len(items) > 1 else (items[0].name or "a pasted text")
    job = jobs.start(f"Reading {many}", back.to("desk"), work)
    return AfterChange(f"/job/{job.id}", more={"job": job.id})


def assess(path: Path, author: str, given: Given, jobs: Jobs) -> AfterChange:
    """Answer the question from what was known on a day, and keep the answer."""
    day = day_of(given.get("day").strip())
    back = Place(path, "desk", "", {"asof": day.isoformat()})
    aim = given.get("screen") if given.get("screen") in ("desk", "brief", "system") else "desk"

    def work(tell: Tell) -> str:
        assess_day(path, day, author=author, tell=tell)
        return back.to(aim)

    job = jobs.start(f"Assessing as of {day.isoformat()}", back.to("desk"), work)
    return AfterChange(f"/job/{job.id}", more={"job": job.id})


def reword_sentence(path: Path, author: str, given: Given, jobs: Jobs) -> AfterChange:
    """Change the words of one sentence of the brief."""
    said = reword(
        path, author, given.get("run"), given.get("key"), given.get("text"), given.get("reason")
    )
    return AfterChange(_back(path, given), Done(said))


CHANGES: Mapping[str, Change] = cast(
    "Mapping[str, Change]",
    {
        "decide": decide,
        "decide-all": decide_all,
        "undo": undo,
        "edit": edit,
        "mark": mark,
        "grade": grade,
        "read": read,
        "assess": assess,
        "reword": reword_sentence,
    },
)


def _back(path: Path, given: Given) -> str:
    """Where the form wants to go on: an address of this dossier, or its desk."""
    back = given.get("back")
    here = Place(path, "desk", "", {}).to("")
    return (
        back if back.startswith(here) and not re.search(r"[\x00-\x20\\]", back) else here + "desk"
    )
