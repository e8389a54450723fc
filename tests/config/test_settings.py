"""Settings from the environment: what is unsafe, or makes no sense, is refused with the remedy."""

import json
import logging
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from io import StringIO
from ipaddress import ip_network
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from config import environment

GOOD_SECRET = "v9RkT2xq-LmZ8wYb3HnJ6cPd5sFgA7uE1oQiXrVtNzB4MyWk0S"
PUBLIC = "https://learn.example.org"


def refusal(name: str, value: str, ask: object, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as caught:
        ask()
    return str(caught.value)


class TestText:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (" a name ", "a name"),
            ("", "unset"),
            ("  ", "unset"),
            ("$HOME and more", "$HOME and more"),
        ],
    )
    def test_it_is_taken_as_it_stands_and_an_empty_one_is_none(
        self, monkeypatch: pytest.MonkeyPatch, value: str, text: str
    ) -> None:
        monkeypatch.setenv("SITE_NAME", value)

        assert environment.text("SITE_NAME", "unset") == text

    def test_a_list_is_separated_by_commas(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ALLOWED_HOSTS", " a.example, ,b.example,")

        assert environment.names("ALLOWED_HOSTS") == ["a.example", "b.example"]


class TestSwitch:
    @pytest.mark.parametrize(
        ("value", "is_on"),
        [
            *(("1", True), ("true", True), ("YES", True), ("on", True)),
            *(("0", False), ("False", False), ("no", False), ("off", False), ("", False)),
        ],
    )
    def test_it_is_on_or_off(
        self, monkeypatch: pytest.MonkeyPatch, value: str, is_on: bool
    ) -> None:
        monkeypatch.setenv("DEBUG", value)

        assert environment.switch("DEBUG") is is_on

    def test_nothing_in_between(self, monkeypatch: pytest.MonkeyPatch) -> None:
        said = refusal("DEBUG", "maybe", lambda: environment.switch("DEBUG"), monkeypatch)

        assert said == "DEBUG is “maybe”; it takes 1 or 0."

    def test_unset_it_is_what_the_site_says(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("DEBUG", raising=False)

        assert environment.switch("DEBUG", default=True) is True


DATABASES = {
    "postgresql:///waymark": {"NAME": "waymark", "HOST": "", "USER": "", "PORT": ""},
    "postgres:///waymark": {"NAME": "waymark", "HOST": ""},
    "postgresql:///waymark?host=/run/postgresql": {"NAME": "waymark", "HOST": "/run/postgresql"},
    "postgresql://reader@/waymark?host=/run/postgresql": {
        "USER": "reader",
        "HOST": "/run/postgresql",
    },
    "postgresql://%2Frun%2Fpostgresql/waymark": {"NAME": "waymark", "HOST": "/run/postgresql"},
    "postgresql://reader:p%40ss%2Fw@db.example:6543/waymark": {
        "NAME": "waymark",
        "USER": "reader",
        "PASSWORD": "p@ss/w",
        "HOST": "db.example",
        "PORT": 6543,
    },
    "postgresql://db.example/waymark?sslmode=require": {
        "HOST": "db.example",
        "OPTIONS": {"sslmode": "require"},
    },
}


class TestDatabase:
    @pytest.mark.parametrize(("url", "expected"), DATABASES.items(), ids=DATABASES)
    def test_an_address_says_where_it_is(
        self, monkeypatch: pytest.MonkeyPatch, url: str, expected: dict
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", url)

        found = environment.database("DATABASE_URL")

        assert found["ENGINE"] == "django.db.backends.postgresql"
        assert {name: found.get(name) for name in expected} == expected

    def test_without_one_there_is_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("DATABASE_URL", raising=False)

        assert environment.database("DATABASE_URL") is None

    @pytest.mark.parametrize("url", ["mysql://localhost/waymark", "waymark", "/run/postgresql"])
    def test_no_other_kind_will_do_and_no_password_is_repeated(
        self, monkeypatch: pytest.MonkeyPatch, url: str
    ) -> None:
        said = refusal(
            "DATABASE_URL", url, lambda: environment.database("DATABASE_URL"), monkeypatch
        )

        assert said == (
            "DATABASE_URL is not the address of a PostgreSQL database; "
            "it looks like postgresql://user:password@host:5432/name."
        )


class TestCache:
    @pytest.mark.parametrize("value", ["", " "])
    def test_an_empty_one_is_none(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("CACHE_URL", value)

        found = environment.cache("CACHE_URL", "locmemcache://")

        assert found["BACKEND"] == "django.core.cache.backends.locmem.LocMemCache"

    @pytest.mark.parametrize(
        ("value", "backend", "place"),
        [
            ("dummycache://", "dummy.DummyCache", ""),
            ("filecache:///var/cache/pages", "filebased.FileBasedCache", "/var/cache/pages"),
            ("dbcache://pages", "db.DatabaseCache", "pages"),
            ("redis://host:6379/1", "redis.RedisCache", "redis://host:6379/1"),
        ],
    )
    def test_an_address_says_where_it_is(
        self, monkeypatch: pytest.MonkeyPatch, value: str, backend: str, place: str
    ) -> None:
        monkeypatch.setenv("CACHE_URL", value)

        found = environment.cache("CACHE_URL", "locmemcache://")

        assert found["BACKEND"] == f"django.core.cache.backends.{backend}"
        assert found["LOCATION"] == place

    @pytest.mark.parametrize("value", ["memory", "ftp://host", "filecache://", "redis://[::1"])
    def test_anything_else_is_refused(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        said = refusal("CACHE_URL", value, lambda: environment.cache("CACHE_URL", ""), monkeypatch)

        assert said == (
            f"CACHE_URL is “{value}”, which is not the address of a cache; it looks like "
            "locmemcache://, filecache:///some/folder, dbcache://table or redis://host:6379/1."
        )


class TestMail:
    def test_an_empty_one_is_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("EMAIL_URL", "")

        found = environment.mail("EMAIL_URL", "smtp://localhost:25")

        assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("localhost", 25)

    def test_an_address_says_who_sends_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("EMAIL_URL", "smtp+tls://me:p%40ss@mail.example.org:587")

        found = environment.mail("EMAIL_URL", "consolemail://")

        assert (found["EMAIL_HOST"], found["EMAIL_HOST_PASSWORD"]) == ("mail.example.org", "p@ss")
        assert found["EMAIL_USE_TLS"] is True

    @pytest.mark.parametrize(
        ("value", "told"),
        [
            ("mail.example.org:25", "mail.example.org:25"),
            ("pop://mail.example.org", "pop://mail.example.org"),
            ("smtp://", "smtp://"),
            ("smtp://me:secret@mail.example.org:often", "smtp://…@mail.example.org:often"),
            ("pop://me:sec/r@t@mail.example.org", "pop://…@mail.example.org"),
        ],
    )
    def test_anything_else_is_refused_and_no_password_is_repeated(
        self, monkeypatch: pytest.MonkeyPatch, value: str, told: str
    ) -> None:
        said = refusal("EMAIL_URL", value, lambda: environment.mail("EMAIL_URL", ""), monkeypatch)

        assert said == (
            f"EMAIL_URL is “{told}”, which is not the address of a mail server; it looks like "
            "smtp+tls://user:password@host:587, or consolemail:// to print mail."
        )


class TestContact:
    @pytest.mark.parametrize(
        ("value", "address"),
        [
            ("", ""),
            ("desk@example.org", "mailto:desk@example.org"),
            ("mailto:desk@example.org", "mailto:desk@example.org"),
            ("https://example.org/contact?to=desk", "https://example.org/contact?to=desk"),
        ],
    )
    def test_it_is_somewhere_that_a_link_can_lead(
        self, monkeypatch: pytest.MonkeyPatch, value: str, address: str
    ) -> None:
        monkeypatch.setenv("OPERATOR_CONTACT", value)

        assert environment.contact("OPERATOR_CONTACT") == address

    @pytest.mark.parametrize(
        "value", ["the front desk", "http://example.org", "javascript:alert(1)", "mailto:"]
    )
    def test_anything_else_is_refused(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        ask = lambda: environment.contact("OPERATOR_CONTACT")  # noqa: E731
        said = refusal("OPERATOR_CONTACT", value, ask, monkeypatch)

        assert said == (
            f"OPERATOR_CONTACT is “{value}”; it takes an e-mail address, or the address of a page "
            "that begins with https://."
        )


class TestPage:
    @pytest.mark.parametrize("value", ["", "https://example.org/waymark"])
    def test_it_is_a_web_page_or_none(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("SOURCE_URL", value)

        assert environment.page("SOURCE_URL") == value

    @pytest.mark.parametrize("value", ["http://example.org", "javascript:alert(1)", "the shelf"])
    def test_anything_else_is_refused(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        said = refusal("SOURCE_URL", value, lambda: environment.page("SOURCE_URL"), monkeypatch)

        assert said == (
            f"SOURCE_URL is “{value}”; it takes the address of a page that begins with https://."
        )


class TestAccessibility:
    @pytest.mark.parametrize(("value", "day"), [("", None), ("2026-11-21", date(2026, 11, 21))])
    def test_an_audit_has_a_day(
        self, monkeypatch: pytest.MonkeyPatch, value: str, day: date | None
    ) -> None:
        monkeypatch.setenv("ACCESSIBILITY_AUDITED", value)

        assert environment.day("ACCESSIBILITY_AUDITED") == day

    @pytest.mark.parametrize("value", ["last autumn", "2026-13-01", "21/11/2026"])
    def test_nothing_else_is_a_day(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        ask = lambda: environment.day("ACCESSIBILITY_AUDITED")  # noqa: E731
        said = refusal("ACCESSIBILITY_AUDITED", value, ask, monkeypatch)

        assert said == f"ACCESSIBILITY_AUDITED is “{value}”; it takes a day, as in 2026-11-21."

    @pytest.mark.parametrize(
        ("value", "audited", "state"),
        [("", None, "partial"), ("Partial", None, "partial"), ("full", date(2026, 1, 1), "full")],
    )
    def test_a_site_is_partially_compliant_until_somebody_looked(
        self, monkeypatch: pytest.MonkeyPatch, value: str, audited: date | None, state: str
    ) -> None:
        monkeypatch.setenv("ACCESSIBILITY_STATE", value)

        assert environment.accessibility("ACCESSIBILITY_STATE", audited=audited) == state

    @pytest.mark.parametrize(
        ("value", "refused"),
        [
            ("mostly", "ACCESSIBILITY_STATE is “mostly”; it takes partial or full."),
            (
                "full",
                "ACCESSIBILITY_STATE is “full”, which only somebody who looked can say: "
                "set ACCESSIBILITY_AUDITED to the day of the audit.",
            ),
        ],
    )
    def test_nobody_claims_what_nobody_looked_at(
        self, monkeypatch: pytest.MonkeyPatch, value: str, refused: str
    ) -> None:
        ask = lambda: environment.accessibility("ACCESSIBILITY_STATE", audited=None)  # noqa: E731

        assert refusal("ACCESSIBILITY_STATE", value, ask, monkeypatch) == refused


class TestSiteUrl:
    @pytest.mark.parametrize(
        "url", ["https://learn.example.org", "http://127.0.0.1:8000", "http://[::1]:8000"]
    )
    def test_it_is_an_address_without_a_path(
        self, monkeypatch: pytest.MonkeyPatch, url: str
    ) -> None:
        monkeypatch.setenv("SITE_URL", url + "/")

        assert environment.site_url("http://unset") == url

    @pytest.mark.parametrize(
        "url",
        [
            "learn.example.org",
            "ftp://learn.example.org",
            "https://",
            "https://learn.example.org/waymark",
            "https://learn.example.org?x",
            "https://learn.example.org#x",
            "https://me@learn.example.org",
        ],
    )
    def test_anything_else_is_refused(self, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
        said = refusal("SITE_URL", url, lambda: environment.site_url("x"), monkeypatch)

        assert said == (
            f"SITE_URL is “{url}”; it takes the address of the site without a path, "
            "as in https://learn.example.org."
        )

    @pytest.mark.parametrize(
        ("url", "is_loopback"),
        [
            ("http://127.0.0.1:8000", True),
            ("http://127.8.8.8", True),
            ("http://[::1]:8000", True),
            ("http://localhost", True),
            ("http://waymark.localhost:8000", True),
            ("https://learn.example.org", False),
            ("http://192.168.1.5", False),
            ("http://localhost.example.org", False),
            ("http://0.0.0.0", False),
        ],
    )
    def test_who_can_reach_it(self, url: str, is_loopback: bool) -> None:
        assert environment.is_loopback(url) is is_loopback


SAFE = {"site": PUBLIC, "debug": False, "secret": GOOD_SECRET, "hosts": ["learn.example.org"]}
UNSAFE = {
    "debug": (
        {"debug": True},
        "DEBUG is on: unset it, since it shows visitors the inside of the site",
    ),
    "a short secret": (
        {"secret": GOOD_SECRET[:49]},
        "SECRET_KEY is too easy to guess: use 50 random characters",
    ),
    "a dull secret": (
        {"secret": "abc" * 20},
        "SECRET_KEY is too easy to guess: use 50 random characters",
    ),
    "every host": ({"hosts": ["*"]}, "ALLOWED_HOSTS is “*”: name the site's own hosts"),
    "another host": (
        {"hosts": ["example.org"]},
        "ALLOWED_HOSTS lacks learn.example.org, the host of SITE_URL",
    ),
    **{
        f"fetching from {network}": (
            {"fetched": [ip_network("10.0.0.0/8"), ip_network(network)]},
            f"FETCH_ALLOW_NETWORKS holds {network}, where this machine or its cloud keeps secrets: "
            "name the intranet's own networks",
        )
        for network in (
            *("127.0.0.1/32", "0.0.0.0/0", "169.254.169.254/32", "168.63.129.16/32"),
            *("::1/128", "::/0", "fe80::/64", "::ffff:7f00:1/128", "fd00:ec2::254/128"),
        )
    },
}


class TestUnsafe:
    @pytest.mark.parametrize(("changes", "sentence"), UNSAFE.values(), ids=UNSAFE)
    def test_it_refuses_to_start_and_says_what_to_mend(self, changes: dict, sentence: str) -> None:
        with pytest.raises(ImproperlyConfigured) as caught:
            environment.refuse_unsafe(**{**SAFE, **changes})

        assert str(caught.value) == f"https://learn.example.org is not safe to start: {sentence}."

    def test_all_of_it_at_once(self) -> None:
        with pytest.raises(ImproperlyConfigured) as caught:
            environment.refuse_unsafe(site=PUBLIC, debug=True, secret="x", hosts=["*"])

        assert str(caught.value) == (
            "https://learn.example.org is not safe to start: "
            "DEBUG is on: unset it, since it shows visitors the inside of the site; "
            "SECRET_KEY is too easy to guess: use 50 random characters; "
            "ALLOWED_HOSTS is “*”: name the site's own hosts."
        )

    @pytest.mark.parametrize("hosts", [["learn.example.org"], [".example.org"]])
    def test_a_safe_site_starts(self, hosts: list[str]) -> None:
        environment.refuse_unsafe(**{**SAFE, "hosts": hosts})

    def test_it_may_fetch_from_an_intranet(self) -> None:
        environment.refuse_unsafe(
            **SAFE, fetched=[ip_network("10.20.0.0/16"), ip_network("fd12:3456::/32")]
        )

    def test_a_site_on_loopback_may_be_anything(self) -> None:
        environment.refuse_unsafe(site="http://127.0.0.1:8000", debug=True, secret="x", hosts=["*"])


class TestSecretKey:
    @pytest.fixture(autouse=True)
    def unset(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("SECRET_KEY", raising=False)

    def test_the_environment_s_is_taken(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("SECRET_KEY", "$ecret")

        assert environment.secret_key(tmp_path, loopback=False) == "$ecret"
        assert not (tmp_path / "secret_key").exists()

    def test_a_site_that_others_can_reach_needs_one(self, tmp_path: Path) -> None:
        with pytest.raises(ImproperlyConfigured) as caught:
            environment.secret_key(tmp_path, loopback=False)

        assert str(caught.value) == (
            "SECRET_KEY is not set. A site that others can reach needs one of its own: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))' prints a good one."
        )

    def test_on_loopback_one_is_made_that_only_its_owner_can_read(self, tmp_path: Path) -> None:
        folder = tmp_path / "var"

        key = environment.secret_key(folder, loopback=True)

        assert len(key) >= environment.SECRET_LENGTH
        path = folder / "secret_key"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert os.listdir(folder) == ["secret_key"]

    def test_and_kept(self, tmp_path: Path) -> None:
        first = environment.secret_key(tmp_path, loopback=True)

        assert environment.secret_key(tmp_path, loopback=True) == first

    def test_an_empty_file_is_none(self, tmp_path: Path) -> None:
        (tmp_path / "secret_key").write_text("\n")

        key = environment.secret_key(tmp_path, loopback=True)

        assert len(key) >= environment.SECRET_LENGTH
        assert environment.secret_key(tmp_path, loopback=True) == key

    def test_what_can_not_be_read_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "secret_key").mkdir()

        with pytest.raises(ImproperlyConfigured) as caught:
            environment.secret_key(tmp_path, loopback=True)

        assert str(caught.value) == (
            f"The secret key in {tmp_path}/secret_key can't be read (Is a directory). "
            "Make the file readable, or set SECRET_KEY."
        )

    def test_a_folder_that_takes_none_is_told(self, tmp_path: Path) -> None:
        folder = tmp_path / "gone" / "var"
        (tmp_path / "gone").symlink_to(tmp_path / "nowhere" / "at-all")

        with pytest.raises(ImproperlyConfigured) as caught:
            environment.secret_key(folder, loopback=True)

        assert str(caught.value).startswith(f"A secret key can't be kept in {folder} (")

    def test_processes_that_start_at_once_agree(self, tmp_path: Path) -> None:
        ask = (
            "import sys; from pathlib import Path; from config import environment; "
            "print(environment.secret_key(Path(sys.argv[1]), loopback=True))"
        )
        started = [
            subprocess.Popen(
                [sys.executable, "-c", ask, str(tmp_path)],
                cwd=site.BASE_DIR,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _ in range(3)
        ]

        keys = {process.communicate(timeout=120)[0].strip() for process in started}

        assert keys == {environment.secret_key(tmp_path, loopback=True)}


def in_process(*command: str, **env: str) -> subprocess.CompletedProcess:
    """A process of the site with `env` and nothing of this machine's own settings."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=site.BASE_DIR,
        env={"PATH": os.environ["PATH"], "SECRET_KEY": GOOD_SECRET, **env},
        capture_output=True,
        text=True,
        timeout=120,
    )


def settings_of(*names: str, **env: str) -> dict:
    """What the settings `names` are in a process with `env`."""
    ask = (
        "import json, sys; from config import settings; "
        "print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}))"
    )
    done = in_process("-c", ask, *names, **env)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


class TestWhole:
    """The settings as a process of the site reads them."""

    SECURE = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT")

    def test_an_unsafe_site_ends_with_one_sentence(self) -> None:
        done = in_process("manage.py", "check", SITE_URL=PUBLIC, DEBUG="1", ALLOWED_HOSTS="*")

        assert done.returncode == 1
        assert done.stderr == (
            "error: https://learn.example.org is not safe to start: "
            "DEBUG is on: unset it, since it shows visitors the inside of the site; "
            "ALLOWED_HOSTS is “*”: name the site's own hosts.\n"
        )

    def test_on_loopback_cookies_need_no_https(self) -> None:
        found = settings_of(*self.SECURE, "ALLOWED_HOSTS", "DEBUG")

        assert [found[name] for name in self.SECURE] == [False, False, False]
        assert found["ALLOWED_HOSTS"] == ["localhost", ".localhost", "127.0.0.1", "[::1]"]
        assert found["DEBUG"] is False

    def test_a_public_site_is_strict(self) -> None:
        found = settings_of(
            *self.SECURE,
            "ALLOWED_HOSTS",
            "SECURE_HSTS_SECONDS",
            "CSRF_TRUSTED_ORIGINS",
            "SECURE_PROXY_SSL_HEADER",
            SITE_URL=PUBLIC,
            TRUSTED_PROXIES="10.0.0.1",
            EMAIL_URL="smtp://localhost:25",
        )

        assert [found[name] for name in self.SECURE] == [True, True, True]
        assert found["ALLOWED_HOSTS"] == ["learn.example.org"]
        assert found["SECURE_HSTS_SECONDS"] == 365 * 24 * 3600
        assert found["CSRF_TRUSTED_ORIGINS"] == [PUBLIC]
        assert found["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


class TestLog:
    """What is written of an address, which may be a key to a private page."""

    @pytest.fixture
    def log(self) -> Iterator[StringIO]:
        """What the site's own handler writes from now on."""
        [console] = (one for one in logging.getLogger().handlers if one.get_name() == "console")
        written = StringIO()
        before = console.setStream(written)
        yield written
        console.setStream(before)

    @pytest.mark.parametrize(
        "path",
        [
            *("/suggest/{}/", "/cy/suggest/{}/", "/invitation/{}/", "/still-happy/{}/"),
            *("/pathways/preview/{}/", "/pathways/preview/{}/3/", "/admin/enter/{}/"),
        ],
    )
    def test_tokens_are_masked(self, log: StringIO, path: str) -> None:
        address = path.format("s3cret:To-ken_1")
        logging.getLogger("django.request").warning("Forbidden: %s", address)
        logging.getLogger("django.server").warning('"POST %s HTTP/1.1" %s', address, 403)

        assert f"Forbidden: {path.format('…')}\n" in log.getvalue()
        assert f'"POST {path.format("…")} HTTP/1.1" 403\n' in log.getvalue()
        assert "s3cret" not in log.getvalue()

    def test_other_addresses_are_written_as_they_are(self, log: StringIO) -> None:
        for path in ("/suggest/", "/suggest/problem/", "/pathways/reader-privacy/", "/admin/"):
            logging.getLogger("django.request").warning("Forbidden: %s", path)
            assert log.getvalue().endswith(f"Forbidden: {path}\n")

    def test_nothing_is_written_beside_it(self) -> None:
        for name in ("django", "django.server", "django.request", "django.security.csrf"):
            assert logging.getLogger(name).handlers == []
            assert logging.getLogger(name).propagate

    def test_a_refused_form_does_not_tell_its_address(self, log: StringIO) -> None:
        refused = Client().post("/suggest/s3cret/", headers={"Sec-Fetch-Site": "cross-site"})

        assert refused.status_code == 403
        assert "Forbidden (Permission denied): /suggest/…/\n" in log.getvalue()
        assert "s3cret" not in log.getvalue()
