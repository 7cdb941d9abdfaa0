"""Widgets whose values live in the URL, so that the link is the experiment.

Streamlit's own `bind="query-params"` writes the label that the student reads: such a link breaks when the language
changes. Here the URL holds stable identifiers. A value that no option has, or out of its range, is ignored.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Literal, TypeVar
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components import given, language, shown

T = TypeVar("T", bound=str | int | float | bool)
Explain = Callable[[str, str], str | None]

_LINKED = "curseurs: controls of this page"
_KEPT = "curseurs: values kept between pages"
_WRITTEN = "curseurs: values this session wrote into the URL"
_STEM = "curseurs: page that these values were written on"
_MOVED = "curseurs: controls that were moved since a link set them"
_EXPLAIN = "curseurs: what explains the words of a label"
_LABELLED = "curseurs: the language that each choice was last drawn in"
_ECHOES = 100
"""Moves that a browser can be behind."""
_FRAME = {"lang", "projection"}
"""The frame's own controls, which no link hides."""
LONGEST = 1_000
"""Characters that a value in the URL may have; a text field has its own limit."""


def slider(label: str, low: T, high: T, default: T, *, key: str, **options: Any) -> T:
    """Show a slider from low to high; its value is in the URL under its key."""
    if not shown.is_shown(key, label):
        return in_url(key, default, _number_in(low, high))
    _restore(key, default, _number_in(low, high))
    value: T = st.slider(label, min_value=low, max_value=high, key=key, **_with_help(key, label, options))
    return _publish(key, value, default)


def number(label: str, low: T, high: T, default: T, *, key: str, **options: Any) -> T:
    """Show a number field from low to high; its value is in the URL under its key."""
    if not shown.is_shown(key, label):
        return in_url(key, default, _number_in(low, high))
    _restore(key, default, _number_in(low, high))
    limits: dict[str, Any] = {"min_value": low, "max_value": high}  # its stubs tell int from float, we need not
    value: T = st.number_input(label, key=key, **limits, **_with_help(key, label, options))
    return _publish(key, value, default)


def steps(label: str, options: Sequence[T], default: T, *, key: str, **more: Any) -> T:
    """Show a slider over listed values, for instance powers of ten. Pass `format_func` for labels."""
    if not shown.is_shown(key, label):
        return in_url(key, default, one_of(*options))
    _restore(key, default, one_of(*options))
    relabel(key)
    more.setdefault("format_func", partial(_written, in_language=language.current()))
    value: T = st.select_slider(label, options=options, key=key, **_with_help(key, label, more))
    return _publish(key, value, default)


def choice(
    label: str,
    options: Sequence[str],
    default: str,
    *,
    key: str,
    format_func: Callable[[str], str] = str,
    kind: Literal["segmented", "select", "radio"] = "segmented",
    **more: Any,
) -> str:
    """Show a choice among stable identifiers, labelled by `format_func` in the page's language."""
    if key not in _FRAME and not shown.is_shown(key, label):
        return in_url(key, default, one_of(*options))
    _restore(key, default, one_of(*options))
    relabel(key)
    more = _with_help(key, label, more)
    value: str | None
    match kind:
        case "segmented":
            value = st.segmented_control(label, options, key=key, format_func=format_func, required=True, **more)
        case "select":
            value = st.selectbox(label, options, key=key, format_func=format_func, **more)
        case "radio":
            value = st.radio(label, options, key=key, format_func=format_func, **more)
    return _publish(key, str(value or default), default)


def toggle(label: str, default: bool, *, key: str, **more: Any) -> bool:
    """Show a switch; `true` or `false` is in the URL under its key."""
    if key not in _FRAME and not shown.is_shown(key, label):
        return in_url(key, default, boolean)
    _restore(key, default, boolean)
    return _publish(key, st.toggle(label, key=key, **_with_help(key, label, more)), default)


def text(label: str, default: str, *, key: str, max_chars: int, **more: Any) -> str:
    """Show a text field; its text is in the URL under its key, cut to `max_chars`."""
    if not shown.is_shown(key, label):
        return in_url(key, default, lambda given: given[:max_chars])
    _restore(key, default, lambda given: given[:max_chars], longest=None)
    value: str = st.text_input(label, key=key, max_chars=max_chars, **_with_help(key, label, more)) or ""
    return _publish(key, value, default)


def lines(label: str, default: str, *, key: str, max_chars: int, height: int) -> str:
    """Show a text field of several lines, so many pixels high; its text is in the URL as that of `text`."""
    if not shown.is_shown(key, label):
        return in_url(key, default, lambda given: given[:max_chars])
    _restore(key, default, lambda given: given[:max_chars], longest=None)
    more = _with_help(key, label, {})
    value: str = st.text_area(label, key=key, max_chars=max_chars, height=height, **more) or ""
    return _publish(key, value, default)


def in_url(key: str, default: T, parse: Callable[[str], T | None], value: T | None = None) -> T:
    """Keep a value without a widget in the URL, such as a browser component's.

    Args:
        key: its name in the URL.
        default: its value when the URL has none.
        parse: reads the URL's text; None or ValueError refuses it.
        value: a new value to publish; without it, the current one is returned.
    """
    _restore(key, default, parse)
    if value is not None:
        st.session_state[key] = value
    current: T = st.session_state[key]
    return _publish(key, current, default)


def one_of(*options: T) -> Callable[[str], T | None]:
    """Return what reads one of some values as the address holds it, and None of anything else."""
    found = {address(option): option for option in options}
    return found.get


def boolean(given: str) -> bool | None:
    """Read a switch as the address holds it."""
    return {"true": True, "false": False}.get(given.lower())


def relabel(key: str) -> None:
    """Before a choice is drawn: choose the same again if the page's language has changed since.

    The browser knows an option by its words: in another language it would stand on none, and lose it at the next run.
    """
    labelled: dict[str, str] = st.session_state.setdefault(_LABELLED, {})
    now = language.current()
    if labelled.get(key, now) != now and key in st.session_state:
        given.give(key, st.session_state[key])
    labelled[key] = now


def set_values(values: Mapping[str, Any]) -> None:
    """Move several controls at once, as a preset does. Call it in a callback, before the widgets run."""
    for key, value in values.items():
        given.give(key, value)


def kept(key: str, default: T) -> T:
    """Return what a control was left on, on this page or one before."""
    found: T = st.session_state.get(_KEPT, {}).get(key, default)
    return found


def were_moved(keys: Iterable[str]) -> bool:
    """Whether one of these controls was moved in this session, and not only set by the link that opened the page."""
    return not st.session_state.get(_MOVED, set()).isdisjoint(keys)


def are_known(keys: Iterable[str]) -> bool:
    """Whether these controls stand in the session, and no other hand has written their place in the address since."""
    return all(key in st.session_state and _news(key) is None for key in keys)


def standing(key: str, default: object) -> str:
    """Return what a control stands on, written as in the address; it need not have been drawn yet.

    Args:
        key: its name in the URL.
        default: what it stands on if nobody moved it.
    """
    told = _news(key)
    here = st.session_state.get(_KEPT, {}).get(key, default)
    return address(st.session_state.get(key, here)) if told is None else told


def address(value: object) -> str:
    """Write a value as the address holds it."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def begin_page(stem: str = "", explain: Explain | None = None) -> None:
    """Forget the controls of the page before. The router calls this before each page.

    Args:
        stem: of the page. What is told with the first run of another page is a link, also where we once wrote the same.
        explain: says what the words of a control's label mean, from its key and the label.
    """
    st.session_state[_LINKED], st.session_state[_EXPLAIN] = {}, explain
    if st.session_state.get(_STEM) != stem:
        st.session_state[_STEM], st.session_state[_WRITTEN] = stem, {}
    shown.begin_page()


def default_query() -> str:
    """Return the query string of this page before anything is moved: every control's default, and the language.

    What was moved stands in the address; both together are the link of the experiment, whole even if a later version
    has other defaults.
    """
    hidden = {shown.HIDE: ",".join(sorted(shown.hidden()))} if shown.hidden() else {}
    return urlencode({**st.session_state.get(_LINKED, {}), **hidden, "lang": language.current()})


def experiment(keys: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """Return what these controls stand on, those of them that the page has, written as in the address; and which moved.

    What stands elsewhere than where the page opens was moved, by whatever hand.
    """
    linked: dict[str, str] = st.session_state.get(_LINKED, {})
    found = {key: standing(key, linked[key]) for key in keys if key in linked}
    return found, [key for key, value in found.items() if value != linked[key]]


def _with_help(key: str, label: str, options: dict[str, Any]) -> dict[str, Any]:
    """Return a widget's options with what its label's words mean, where the page has not said it yet."""
    explain: Explain | None = st.session_state.get(_EXPLAIN)
    if explain is None or key in _FRAME or options.get("help") or options.get("label_visibility") == "collapsed":
        return options
    return options | {"help": explain(key, label)}


def _restore(key: str, default: Any, parse: Callable[[str], Any], longest: int | None = LONGEST) -> None:
    """Before a widget: take the URL's value when somebody else wrote it there, else the kept one, else the default.

    A value with more than `longest` characters is refused; where that is None, `parse` cuts it by itself.
    """
    told = _news(key)
    if told is not None:
        try:
            found = parse(told) if longest is None or len(told) <= longest else None
        except ValueError:
            found = None
        if found is not None:
            given.give(key, found)
            st.session_state.setdefault(_KEPT, {})[key] = found  # not moved, but told
        _written_at(key)[:] = [told]
    # A choice that is drawn again may be told as nothing: none of ours is that.
    given.give_unless_set(key, st.session_state.get(_KEPT, {}).get(key, default))


def _publish(key: str, value: T, default: T) -> T:
    """After a widget: write its value into the URL, or nothing if it is the default."""
    kept_values = st.session_state.setdefault(_KEPT, {})
    if kept_values.get(key, value) != value:
        st.session_state.setdefault(_MOVED, set()).add(key)
    kept_values[key] = value
    as_text = address(value)
    st.session_state.setdefault(_LINKED, {})[key] = address(default)
    if value == default:
        if key in st.query_params:
            del st.query_params[key]
    elif st.query_params.get(key) != as_text:
        st.query_params[key] = as_text
        _written_at(key)[:] = [*_written_at(key)[-_ECHOES:], as_text]
    return value


def _news(key: str) -> str | None:
    """Return what another hand wrote at this place of the address: a link, or the student; None if nothing new."""
    told = st.query_params.get(key)
    return None if told in _written_at(key) and not _is_back() else told


def _written_at(key: str) -> list[str]:
    """Return what this page wrote at a place of the address, oldest first.

    A browser whose student moves a slider quickly tells the address of two moves ago: an echo of ours, and no news. No
    run says which of them the browser has received: one of ours (`st.rerun`) tells what no browser has told yet.
    """
    written: dict[str, list[str]] = st.session_state.setdefault(_WRITTEN, {})
    return written.setdefault(key, [])


def _is_back() -> bool:
    """Whether the student went back or forward in the browser: only so an address of before is news on the same page.

    Streamlit has no public question for it.
    """
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def _number_in(low: T, high: T) -> Callable[[str], T | None]:
    kind = type(low)

    def parse(given: str) -> T | None:
        value = float(given)
        inside = math.isfinite(value) and float(low) <= value <= float(high)
        return kind(value) if inside else None

    return parse


def _written(value: object, in_language: str) -> str:
    return language.write_number(value, 4, in_language) if isinstance(value, (int, float)) else str(value)
