"""Which addresses a student may reach: every spelling of an inner one is refused, and a name is looked up once."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.chat import addresses
from core.chat.addresses import parse, route
from core.chat.errors import ChatError, Kind
from tests.chat.asking import to

PUBLIC = "93.184.215.14"


def refusal(text: str, look_up: Callable[[str, int], list[str]] = addresses.resolve) -> str:
    with pytest.raises(ChatError) as caught:
        route(text, look_up)
    assert caught.value.kind is Kind.REFUSED_ADDRESS
    return caught.value.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ftp://example.org", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("example.org/v1", "scheme"),
        ("", "scheme"),
        ("http://user:secret@example.org", "credentials"),
        ("http://api.openai.com@127.0.0.1/v1", "credentials"),
        ("http://@127.0.0.1/", "credentials"),
        ("http://", "shape"),
        ("http://exa mple.org", "shape"),
        ("http://example.org\\@127.0.0.1", "shape"),
        ("http://example.org\n.evil.org", "shape"),
        ("http://example.org:0/", "shape"),
        ("http://example.org:99999/", "shape"),
        ("http://example.org:x/", "shape"),
        ("http://[::1", "shape"),
        ("http://[fe80::1%25eth0]/", "shape"),
        ("http://example.org/v1?next=http://127.0.0.1", "shape"),
        ("http://example.org/v1#x", "shape"),
        ("http://example.org/a/../admin", "shape"),
        ("http://example.org/%2e%2e/admin", "shape"),
        ("http://example.org//127.0.0.1", "shape"),
        ("http://exa%6dple.org", "shape"),
        ("http://.example.org", "shape"),
        ("http://" + "a" * 600, "shape"),
    ],
)
def test_what_is_no_base_address_is_refused_before_anything_is_looked_up(text: str, reason: str) -> None:
    """With the reason; a name in it would have raised another error here."""

    def nobody(host: str, port: int) -> list[str]:
        pytest.fail("looked up")

    assert refusal(text, nobody) == reason


@pytest.mark.parametrize(
    ("text", "base"),
    [
        (" https://API.OpenAI.com/v1/ ", "https://api.openai.com/v1"),
        ("https://api.openai.com./v1", "https://api.openai.com/v1"),
        ("https://api.openai.com:443/v1/chat/completions", "https://api.openai.com/v1"),
        ("http://localhost:11434/v1/models", "http://localhost:11434/v1"),
        ("http://LOCALHOST.:80", "http://localhost"),
        ("https://münchen.example/v1", "https://xn--mnchen-3ya.example/v1"),
        ("http://[0:0:0:0:0:0:0:1]:8080", "http://[::1]:8080"),
    ],
)
def test_an_address_is_written_in_one_way(text: str, base: str) -> None:
    """Case, dots, ports that go without saying, and what is often pasted with it; again, it stays the same."""
    assert parse(text).base == base
    assert parse(base).base == base


INNER = ["10.0.0.5", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.100.100.200", "0.0.0.0", "255.255.255.255",
         "224.0.0.1", "168.63.129.16", "192.0.0.192", "240.0.0.1", "::", "fe80::1", "fd00:ec2::254", "ff02::1",
         "::ffff:10.0.0.5", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a00:5::", "fe80::1%eth0",
         "2001:0:4136:e378:8000:63bf:f5ff:fffa"]  # fmt: skip
LOOPBACK = ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"]


@pytest.mark.parametrize("number", INNER)
def test_an_inner_number_is_refused_everywhere(number: str) -> None:
    """Private, link-local, of clouds, multicast, reserved, and each of them inside of IPv6; at home too."""
    assert refusal("http://example.org/v1", to(number)) == "inner"
    assert refusal("http://example.org/v1", to(PUBLIC, number)) == "inner"


@pytest.mark.parametrize("number", LOOPBACK)
def test_loopback_is_for_home(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At home it is the student's own machine; in a class it is the server's."""
    assert route("http://localhost:11434/v1", to(number)).numbers == (number,)
    monkeypatch.setenv("CURSEURS_CLASS", "1")
    assert refusal("http://localhost:11434/v1", to(number)) == "inner"


@pytest.mark.usefixtures("in_class")
@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "localhost.", "LOCALHOST", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0",
     "127.0.0.1.", "[::1]", "[::ffff:127.0.0.1]", "[0:0:0:0:0:ffff:7f00:1]", "[::]", "１２７.0.0.1", "127。0。0。1"],
)  # fmt: skip
def test_every_spelling_of_this_machine_is_refused_in_a_class(host: str) -> None:
    """Decimal, hexadecimal, octal, short, wide digits, dots at the end: the system's own look-up says what they are."""
    with pytest.raises(ChatError) as caught:
        route(f"http://{host}:8501/v1")
    assert caught.value.reason in {
        "inner",
        "name",
        "shape",
    }  # some systems take a spelling for a name


@settings(deadline=None)
@given(st.ip_addresses())
def test_no_number_of_this_network_is_ever_public(number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    """Whatever may be reached is global by IANA's registries, and so is what it carries."""
    try:
        route("http://example.org/v1", to(str(number)))
    except ChatError:
        return
    assert number.is_loopback or number.is_global or addresses.innermost(number).is_loopback
    assert not addresses.innermost(number).is_private or addresses.innermost(number).is_loopback


def test_public_servers_may_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    """At home and in a class without a list."""
    for _ in range(2):
        found = route("https://api.mistral.ai/v1", to(PUBLIC, "2606:2800:21f:cb07:6820:80da:af6b:8b2c"))
        assert found.numbers == (PUBLIC, "2606:2800:21f:cb07:6820:80da:af6b:8b2c")
        monkeypatch.setenv("CURSEURS_CLASS", "1")


def test_a_list_opens_what_it_names_and_closes_a_class_to_all_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Listed, an inner address may be reached; unlisted, in a class, no other, public ones included."""
    monkeypatch.setenv("CURSEURS_CHAT_SERVERS", " http://192.168.1.20:11434/v1/, https://api.mistral.ai/v1, nonsense ")
    inner = "http://192.168.1.20:11434/v1"
    assert route(inner, to("192.168.1.20")).numbers == ("192.168.1.20",)
    assert route("https://api.openai.com/v1", to(PUBLIC)).numbers == (PUBLIC,)
    assert refusal("http://192.168.1.20:11435/v1", to("192.168.1.20")) == "inner"
    monkeypatch.setenv("CURSEURS_CLASS", "1")
    assert route(inner, to("192.168.1.20")).numbers == ("192.168.1.20",)
    assert route("https://api.mistral.ai/v1/eu", to(PUBLIC)).numbers == (PUBLIC,)
    for other in ("https://api.openai.com/v1", "http://192.168.1.20/v1", "https://192.168.1.20:11434/v1",
                  "http://192.168.1.20:11434/v11", "http://192.168.1.20:11434", "http://api.mistral.ai/v1",
                  "https://api.mistral.ai.evil.org/v1", "http://127.0.0.1:8501"):  # fmt: skip
        assert refusal(other, to(PUBLIC)) == "not_listed"


@pytest.mark.usefixtures("in_class")
def test_a_list_of_nonsense_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Written wrongly, it is still a list: a class reaches nothing."""
    monkeypatch.setenv("CURSEURS_CHAT_SERVERS", "mistral")
    assert refusal("https://api.mistral.ai/v1", to(PUBLIC)) == "not_listed"


def test_a_name_that_nobody_knows_is_unreachable() -> None:
    """No answer of the look-up, or an error of it."""

    def fails(host: str, port: int) -> list[str]:
        raise socket.gaierror

    for look_up in (fails, to()):
        with pytest.raises(ChatError) as caught:
            route("http://nowhere.example/v1", look_up)
        assert (caught.value.kind, caught.value.reason) == (Kind.UNREACHABLE, "name")
