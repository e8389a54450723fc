"""What holds for every address, whatever it is."""

import string
from urllib.parse import quote

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from catalogue.addresses import (
    ADDRESS_LENGTH,
    KEY_LENGTH,
    AddressError,
    canonical_address,
    clean_address,
    host_of,
)

quick = settings(deadline=None, max_examples=200)

# Text of any kind, lone surrogates and NUL among it, and text that is nearly an address.
anything = st.text(st.characters(exclude_categories=()))
STARTS = r"""
https://example.org http://www.EXAMPLE.org example.org:8080 //example.org https://youtu.be
https://m.youtube.com/watch https://web.archive.org http://[::1]:443 bücher.example no-address: <
"""
PIECES = r"""
/ // \ . .. /./ /../ %2e%2E %2F %41 %zz % # #/ #! #? :~: ? & = == + ; , @ : :80 :443 [ ] { } | ^
www. /FStwWUkW5RQ ?v= v=a t=1 list= /web/2018 /http:/ http:/ ://x https://b.example a.md .pdf
.js/ é ß 。 utm_source=a fbclid &si=1 ?b=2&a=1 no-address: < > ~ a b
"""
start = st.sampled_from(STARTS.split())
piece = st.sampled_from([*PIECES.split(), " ", "\u200c", "\x00", "\ud800"]) | st.text(max_size=3)
nearly = st.builds("{}{}".format, start, st.lists(piece, max_size=10).map("".join))
scheme = st.sampled_from(["http", "https"])
label = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=12)
host = st.builds("{}.{}".format, label.filter(lambda text: text != "www"), st.just("example"))
segment = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=8).map(
    lambda text: quote(text, safe="")
)
path = st.lists(segment.filter(lambda text: text not in {".", ".."}), max_size=4).map(
    lambda segments: "".join(f"/{one}" for one in segments)
)
# Names that no service tracks by.
name = st.text("cdefghijk", min_size=1, max_size=4)
pairs = st.lists(st.tuples(name, segment), max_size=4)
port = st.integers(1, 65535)


def query(pairs):
    return "?" + "&".join(f"{name}={value}" for name, value in pairs)


@quick
@given(anything | nearly)
@example("\ud800")
@example("https://example.org/" + "é" * 1000)
@example("x" * 3000)
def test_any_text_has_a_key_that_an_index_takes(text):
    key = canonical_address(text)

    assert key.isascii()
    assert key.isprintable()
    assert 0 < len(key) <= KEY_LENGTH


@quick
@given(anything | nearly)
@example("https://example.org/%68ttp:/a/../b/?b=1&a=2")
@example("https://youtu.be/FStwWUkW5RQ?b&a=2")
@example("https://youtu.be/FStwWUkW5RQ?url=http://a.example/&a=2")
@example("https://www.www.example.org/a/..//")
@example("https://example.org/a/.;/..")
@example("http://example.org:443")
@example("<no-address: <x> >")
@example("https://youtu.be/FStwWUkW5RQ?" + "a" * 2022)
@example("https://example.org/" + "a/" * 1100)
def test_the_key_of_a_key_is_itself(text):
    key = canonical_address(text)

    assert canonical_address(key) == key


@quick
@given(anything | nearly)
def test_any_text_is_cleaned_or_refused(text):
    try:
        address = clean_address(text)
    except AddressError as error:
        assert error.value == text
        return

    assert address.isascii()
    assert address.isprintable()
    assert " " not in address
    assert len(address) <= ADDRESS_LENGTH
    assert clean_address(address) == address
    assert canonical_address(address) == canonical_address(text)
    assert host_of(address) != ""


@quick
@given(scheme, host, path, pairs, segment)
def test_an_address_in_order_stays_as_given(scheme, host, path, pairs, anchor):
    address = f"{scheme}://{host}{path}{query(pairs)}#{anchor}"

    assert clean_address(address) == address


@quick
@given(host, path, pairs, segment)
def test_the_ways_to_write_an_address_share_a_key(host, path, pairs, anchor):
    key = canonical_address(f"https://{host}{path}{query(pairs)}")

    assert canonical_address(f"http://www.{host.upper()}.:80{path}{query(pairs)}") == key
    assert canonical_address(f"{host}{path}{query(pairs)}") == key
    by_name = sorted(pairs, key=lambda pair: pair[0], reverse=True)
    assert canonical_address(f"https://{host}{path}{query(by_name)}") == key
    tracked = [("utm_source", anchor), *pairs, ("fbclid", anchor)]
    assert canonical_address(f"https://{host}{path}{query(tracked)}") == key


@quick
@given(host, path, path, pairs)
def test_another_path_is_another_address(host, one, other, pairs):
    assume(one != other)

    keys = {canonical_address(f"https://{host}{path}{query(pairs)}") for path in (one, other)}

    assert len(keys) == 2


@quick
@given(host, path, pairs, st.tuples(name, segment), st.tuples(name, segment))
def test_another_parameter_is_another_address(host, path, pairs, one, other):
    assume(one != other)

    keys = {canonical_address(f"{host}{path}{query([*pairs, pair])}") for pair in (one, other)}
    keys.add(canonical_address(f"{host}{path}{query(pairs)}"))

    assert len(keys) == 3


@quick
@given(host, path, st.permutations(["1", "2", "3"]))
def test_another_order_of_one_name_is_another_address(host, path, values):
    assume(values != ["1", "2", "3"])
    repeated = query([("tag", value) for value in values])

    assert canonical_address(host + path + repeated) != canonical_address(
        f"{host}{path}?tag=1&tag=2&tag=3"
    )


@quick
@given(host, host, path)
def test_another_host_is_another_address(one, other, path):
    assume(one != other)

    assert canonical_address(one + path) != canonical_address(other + path)


@quick
@given(scheme, scheme, host, port, port)
def test_another_port_is_another_address(one_scheme, other_scheme, host, one, other):
    assume(one != other)
    assume({(one_scheme, one), (other_scheme, other)} != {("http", 80), ("https", 443)})

    one_key = canonical_address(f"{one_scheme}://{host}:{one}/")

    assert one_key != canonical_address(f"{other_scheme}://{host}:{other}/")


@quick
@given(host, path, segment, segment)
def test_an_encoded_slash_is_no_separator(host, path, one, other):
    encoded = canonical_address(f"{host}{path}/{one}%2F{other}")

    assert encoded != canonical_address(f"{host}{path}/{one}/{other}")


@quick
@given(host, path, segment, segment)
def test_another_route_is_another_address(host, path, one, other):
    assume(one != other)

    assert canonical_address(f"{host}{path}#/{one}") != canonical_address(f"{host}{path}#/{other}")
