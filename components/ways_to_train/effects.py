"""What tips a prompt, one effect at a time: each prompt a dot, where the words went, and what that says in numbers."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components import controls
from components.in_browser import component, surroundings
from components.language import _, _n, date_in_words, number, percent
from components.lesson import PageLesson
from components.projection import is_projected
from components.ways_to_train.picture import box_names
from core.tasks.categories.words import CATEGORIES
from core.ways_to_train.curves import effects as recorded
from core.ways_to_train.effects import BLOCKS_OF, MAJORITY_OF, ORDERS, WRONG_OF
from core.ways_to_train.recorded import held_out
from core.ways_to_train.tipping import CALIBRATED, EFFECTS, RAW, Level, levels, strongest

COMPONENT = "ways-effects"


def effects(lesson: PageLesson) -> None:
    """Show the choice of an effect, what it is, and what it does."""
    if not is_projected():  # there the picture and its sentence stand on one screen
        lesson.words("text-effects")
    names = {name: lesson.heading(f"effect-{name}") for name in EFFECTS}
    label = CATEGORIES[0]
    with st.container(horizontal=is_projected()):
        effect = controls.choice(_("Effect"), EFFECTS, "majority", key="ways_effect", format_func=names.__getitem__)
        if effect == "majority":
            called = box_names().__getitem__
            name = _("Label of the majority")
            label = controls.choice(name, CATEGORIES, label, key="ways_effect_label", format_func=called)
    lesson.words(f"effect-{effect}")
    found = levels(effect, label)
    data = surroundings() | {
        "rows": [_row(effect, level) for level in found],
        "series": _series(effect),
        "boxes": [box_names()[name] for name in CATEGORIES],
        "words": len(held_out()),
        "said": said(effect, strongest(effect, found)),
        "labels": {
            "title": names[effect],
            "share": _("share of the 150 words put right"),
            "mean": _("mean"),
            "put": _("where the 150 words were put"),
            "chance": _("by chance"),
            "tipped": _("30 would be right"),
            "hint": _("Point at a row, or press an arrow key."),
        },
    }
    component("ways_to_train/effects")(key=COMPONENT, data=data)
    lesson.words(f"seen-{effect}")
    told = recorded()
    date = date_in_words(told["date"])
    st.caption(_("Recorded on {date} ({machine})", date=date, machine=told["machine"]))


def said(effect: str, level: Level) -> str:
    """Return what a level of an effect shows, in a sentence or two with its numbers."""
    match effect:
        case "order":
            return _said_of_order(level)
        case "wrong":
            return _said_of_wrong(level)
        case "names":
            return _said_of_names(level)
    label = box_names()[CATEGORIES[level.tipped]]
    values = {
        "label": label,
        "went": number(round(level.drawn_in(RAW))),
        "weighed": number(round(level.drawn_in(CALIBRATED))),
    }
    if effect == "last":
        first = _(
            "{all} examples, those with the label “{label}” last: {went} of the 150 words go there, 30 belong there;"
            " calibrated, {weighed}.",
            all=number(BLOCKS_OF),
            **values,
        )
    else:
        first = _n(
            "{count} example of {all} with the label “{label}”: {went} of the 150 words go there, 30 belong there;"
            " calibrated, {weighed}.",
            "{count} examples of {all} with the label “{label}”: {went} of the 150 words go there, 30 belong there;"
            " calibrated, {weighed}.",
            int(level.value),
            all=number(MAJORITY_OF),
            **values,
        )
    shares = {"raw": _mean(level, RAW), "calibrated": _mean(level, CALIBRATED)}
    second = _("Right: {raw}, calibrated {calibrated}.", **shares)
    return f"{first} {second}"


def _said_of_order(level: Level) -> str:
    ends = {
        f"{kind}_{end.__name__}": percent(end(level.right[kind]), 0) for kind in (RAW, CALIBRATED) for end in (min, max)
    }
    return _(
        "Draw {draw}, the same five examples in {orders} orders: from {raw_min} to {raw_max} of the words put right;"
        " calibrated, from {calibrated_min} to {calibrated_max}.",
        draw=level.value,
        orders=number(ORDERS),
        **ends,
    )


def _said_of_wrong(level: Level) -> str:
    return _n(
        "{count} wrong label of {all}: few-shot puts {raw} of the words right, calibrated {calibrated}; transfer"
        " {transfer}, from scratch {scratch}.",
        "{count} wrong labels of {all}: few-shot puts {raw} of the words right, calibrated {calibrated}; transfer"
        " {transfer}, from scratch {scratch}.",
        round(float(level.value) * WRONG_OF),
        all=number(WRONG_OF),
        **{kind: _mean(level, kind) for kind in level.right},
    )


def _said_of_names(level: Level) -> str:
    return _(
        "{number} examples whose labels are called A to E: {raw} of the words put right, calibrated {calibrated}. The"
        " same examples under their real names: {named}, calibrated.",
        number=level.value,
        **{kind: _mean(level, kind) for kind in level.right},
    )


def _mean(level: Level, kind: str) -> str:
    return percent(level.mean(kind), 0)


def _row(effect: str, level: Level) -> dict[str, Any]:
    return {
        "name": _name(effect, level),
        "right": level.right,
        "put": level.put or None,
        "tipped": level.tipped,
        "said": said(effect, level),
    }


def _name(effect: str, level: Level) -> str:
    """Return what stands beside a row."""
    match effect:
        case "order":
            return _("Draw {number}", number=level.value)
        case "majority":
            return _("{number} of {all}", number=level.value, all=number(MAJORITY_OF))
        case "last":
            return _("… {label}", label=box_names()[level.value])
        case "wrong":
            return _("{wrong} wrong", wrong=percent(float(level.value), 0))
        case _other:
            return _("{number} examples", number=level.value)


def _series(effect: str) -> list[dict[str, str]]:
    """Return what the dots are: the prompt, and what is seen beside it."""
    names = {RAW: _("as it says it"), CALIBRATED: _("calibrated")}
    if effect == "wrong":
        names = {
            RAW: _("few-shot, as it says it"),
            CALIBRATED: _("few-shot, calibrated"),
            "transfer": _("transfer"),
            "scratch": _("from scratch"),
        }
    if effect == "names":
        names["named"] = _("real names, calibrated")
    return [{"kind": kind, "name": name} for kind, name in names.items()]
