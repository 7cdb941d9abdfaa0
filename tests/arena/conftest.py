"""The servers that the tests of the chat stand on: llama.cpp's, and one whose answers are bad on purpose."""

from __future__ import annotations

from tests.chat.conftest import _llama, _nothing_is_known, odd, smollm2

__all__ = ["_llama", "_nothing_is_known", "odd", "smollm2"]
