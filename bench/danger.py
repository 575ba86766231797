"""How well the judge of danger finds what people labelled: `python -m bench.danger [part …]`.

Recall counts the urgent texts that were found, precision the found ones that are urgent; each with
its 95 % Wilson interval. The rules are tuned on TUNED_ON.
HOLD_OUTS were written before their author had read a rule or the catalogue, and none of their texts
was looked at while tuning: aside5 before the second round, when it measured recall 0.972 (69/71;
without a keyword 52/54), precision 0.908 (69/76); at its end 1.000 (71/71)
and 0.910 (71/78). It was measured twice at the end, the weight of a passage's parts being chosen
between the two on tuned texts. aside3 and aside4 were hold-outs of the first
round (0.940 and 0.832; 0.983 and 0.881 at its end) and have been tuned on since. tune5 holds
threats that hide behind a training, a plan or a covering note. One author wrote tune3, tune4,
aside3 and aside4, another tune5 and aside5.
A fourth wrote aside6 after the second round, without having seen a rule, the catalogue or another
labelled text but five lines of aside5. It was committed before it was first measured: recall 1.000
(92/92; without a keyword 52/52), precision 0.793 (92/116), 24 of its 84 calm texts found.
The kinds of those false alarms, though none of the texts, were then told to the author of tune6
(calm letters and quiet threats, tuned on since). At the end of that third round aside6 measured
recall 1.000 (92/92), precision 0.852 (92/108), and, after single sentences were looked at too, 1.000 and
0.844 (92/109). aside5 was printed often during that round and is no clean hold-out any more: 1.000
(71/71) and 0.947 (71/75). tune6 stays the hardest set: a third of its calm texts was found at first
(precision 0.519), and 46 of 409 are still (0.777). A threat amid two calm letters («Просимо прийняти
звіт … Сплю одягнена …») is lost more often: 36 of 217 at the end, 58 before.
``hidden`` repeats that with other calm prose (OFFICE), of 217 threats: 19 were lost between two
sentences, 11 between two lines, 45 in the same sentence after a comma or colon. Since clauses are
judged too, 13, 11, 10 and 10; aside6 then measured 1.000 (92/92) and 0.829 (92/111), tune6 1.000 and
0.737: a missed threat is worse than a calm text shown to a clerk.
The texts of a third are the notices of tests/forms/stories.py (``stories-tune``,
``stories-aside``, ``stories-fresh``), those of an unclear threat left out.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from rules.danger import judge, load_indicators
from tests.forms.stories import STORIES

ROOT = Path(__file__).parents[1]
TUNED_ON = (
    "tune",
    "tune2",
    "tune3",
    "tune4",
    "tune5",
    "tune6",
    "aside",
    "aside2",
    "aside3",
    "aside4",
    "stories-tune",
    "stories-aside",
)
HOLD_OUTS = ("aside5", "aside6")
PARTS = (*TUNED_ON, *HOLD_OUTS)
_STORIES = "stories-"
HIDDEN = "hidden"
_HIDDEN_IN = TUNED_ON[:6]
_EACH = 4  # of the threats, one of so many is hidden: 217
OFFICE = (
    "Заяву на виплату допомоги прийнято, документи передано до управління соціального захисту",
    "Дитина відвідує гурток малювання, навчається добре, готується до олімпіади",
    "Засідання комісії перенесено на вівторок, порядок денний додається",
    "Прошу видати довідку про склад сім’ї та копію акта обстеження",
)
_Z = 1.96


@dataclass(frozen=True)
class Row:
    """One labelled text and whether the judge found it."""

    text: str
    urgent: bool
    keywordless: bool
    found: bool


def wilson(hits: int, of: int) -> str:
    """A share with its 95 % Wilson interval."""
    if not of:
        return "—"
    share = hits / of
    middle = (share + _Z**2 / (2 * of)) / (1 + _Z**2 / of)
    half = _Z * sqrt(share * (1 - share) / of + _Z**2 / (4 * of**2)) / (1 + _Z**2 / of)
    return f"{share:.3f} [{middle - half:.3f}–{middle + half:.3f}] ({hits}/{of})"


def labelled(part: str) -> list[tuple[str, bool, bool]]:
    """The texts of a part: the text, whether it is urgent, whether no keyword names the threat."""
    if part.startswith(_STORIES):
        told = STORIES[part.removeprefix(_STORIES)].values()
        stories = (story for stories in told for story in stories)
        return [(story.text, story.threat, False) for story in stories if story.threat is not None]
    lines = (ROOT / "tests" / "rules" / "danger" / f"{part}.jsonl").read_text("utf-8").splitlines()
    return [(row["text"], row["urgent"], row["keywordless"]) for row in map(json.loads, lines)]


def judged(part: str) -> list[Row]:
    """The labelled texts of a part with the judge's answer; «possibly urgent» counts as found."""
    catalogue = load_indicators(ROOT / "catalogues" / "indicators.toml")
    rows = labelled(part)
    judge(rows[0][0], catalogue)  # loads the dictionaries
    started = time.perf_counter()
    found = [judge(text, catalogue).urgent is not False for text, _, _ in rows]
    print(f"  speed      {len(rows) / (time.perf_counter() - started):.0f} texts/s")
    return [Row(*row, hit) for row, hit in zip(rows, found, strict=True)]


def report(part: str) -> None:
    """Print the figures of one part."""
    print(f"{part} ({'hold-out' if part in HOLD_OUTS else 'tuned on'})")
    rows = judged(part)
    threats = [row for row in rows if row.urgent]
    silent = [row for row in threats if row.keywordless]
    loud = [row for row in threats if not row.keywordless]
    found = [row for row in rows if row.found]
    print(f"  recall     {wilson(sum(row.found for row in threats), len(threats))}")
    print(f"   keyword   {wilson(sum(row.found for row in loud), len(loud))}")
    print(f"   none      {wilson(sum(row.found for row in silent), len(silent))}")
    print(f"  precision  {wilson(sum(row.urgent for row in found), len(found))}")


def hidings(calm: str, text: str) -> dict[str, str]:
    """A text amid calm prose: between its sentences, between its lines, inside a sentence."""
    inside = text[0].lower() + text[1:]
    return {
        "sentences": f"{calm}. {text} {calm}.",
        "lines": f"{calm}\n{text}\n{calm}",
        "comma": f"{calm}, {inside}",
        "colon": f"{calm}: {inside}",
    }


def report_hidden() -> None:
    """Print how many threats are lost, and how many calm texts are found, amid calm prose."""
    catalogue = load_indicators(ROOT / "catalogues" / "indicators.toml")
    rows = [row for part in _HIDDEN_IN for row in labelled(part)]
    print(f"{HIDDEN} (amid calm office prose; each {_EACH}th text of {', '.join(_HIDDEN_IN)})")
    for urgent, what in ((True, "lost"), (False, "raised")):
        texts = [text for text, threat, _ in rows if threat is urgent][::_EACH]
        wrong = Counter(
            way
            for number, text in enumerate(texts)
            for way, told in hidings(OFFICE[number % len(OFFICE)], text).items()
            if (judge(told, catalogue).urgent is False) is urgent
        )
        for way in hidings("", "?"):
            print(f"  {what:10s} {way:10s} {wilson(wrong[way], len(texts))}")


def main() -> None:
    """Report on the parts named on the command line, or on all but the fresh one."""
    started = time.perf_counter()
    load_indicators(ROOT / "catalogues" / "indicators.toml")
    print(f"start-up {time.perf_counter() - started:.2f} s (dictionary and catalogue)")
    for part in sys.argv[1:] or (*PARTS, HIDDEN):
        if part == HIDDEN:
            report_hidden()
        else:
            report(part)


if __name__ == "__main__":
    main()
