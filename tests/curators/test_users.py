"""Users: one account an e-mail address, in whatever letters it is typed."""

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from curators.models import User
from tests.cast import PASSWORD, Cast
from tests.factories import make_draft
from tests.rules import refused
from tests.together import Somebody

TAKEN = "Somebody signs in with this address already."


@pytest.mark.django_db
class TestAddress:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("reader@example.org", "reader@example.org"),
            ("Reader@Example.ORG", "reader@example.org"),
            ("  reader@example.org\n", "reader@example.org"),
        ],
    )
    def test_it_is_kept_in_small_letters(self, typed: str, kept: str) -> None:
        assert User.objects.create_user(typed).email == kept

    def test_whichever_way_it_is_saved(self) -> None:
        User.objects.create(email="Reader@Example.org")

        assert User.objects.get().email == "reader@example.org"

    @pytest.mark.parametrize("typed", ["", None, "reader", "reader@", "@example.org"])
    def test_it_has_to_be_one(self, typed: str | None) -> None:
        with pytest.raises(ValidationError) as caught:
            User.objects.create_user(typed)

        assert list(caught.value.message_dict) == ["email"]

    def test_it_is_one_account_in_whatever_letters(self) -> None:
        User.objects.create_user("reader@example.org")

        with pytest.raises(ValidationError) as caught:
            User.objects.create_user("READER@example.org")

        assert caught.value.message_dict == {"email": [TAKEN]}

    def test_the_database_holds_it_to_that(self) -> None:
        User.objects.create_user("reader@example.org")

        with refused("curators_user_email_key"):
            User.objects.bulk_create([User(email="reader@example.org")])

    def test_and_refuses_capitals_that_came_past_the_model(self) -> None:
        with refused("curators_user_email_small"):
            User.objects.bulk_create([User(email="Reader@example.org")])


@pytest.mark.django_db
class TestSigningIn:
    @pytest.mark.parametrize("typed", ["editor@example.org", "Editor@Example.org"])
    def test_the_address_is_taken_in_whatever_letters(self, typed: str) -> None:
        user = User.objects.create_user("editor@example.org", PASSWORD)

        assert authenticate(None, email=typed, password=PASSWORD) == user

    def test_who_has_no_password_can_not_use_one(self) -> None:
        user = User.objects.create_user("editor@example.org")

        assert user.has_usable_password() is False
        assert authenticate(None, email="editor@example.org", password="") is None

    def test_who_is_not_active_stays_out(self) -> None:
        User.objects.create_user("editor@example.org", PASSWORD, is_active=False)

        assert authenticate(None, email="editor@example.org", password=PASSWORD) is None


@pytest.mark.django_db
class TestNaming:
    def test_colleagues_see_the_name_and_no_address(self) -> None:
        assert str(User(email="editor@example.org", name="An editor")) == "An editor"
        assert User(email="editor@example.org").get_full_name() == "a colleague"
        assert User(email="editor@example.org", name="An editor").get_short_name() == "An editor"

    def test_an_administrator_may_do_everything(self) -> None:
        user = User.objects.create_superuser("admin@example.org", PASSWORD)

        assert (user.is_staff, user.is_superuser, user.is_active) == (True, True, True)

    def test_an_account_can_be_deleted_and_what_it_did_stays(self, cast: Cast) -> None:
        draft = make_draft(by=cast.guest)

        cast.guest.delete()

        draft.refresh_from_db()
        assert draft.created_by is None


@pytest.mark.django_db(transaction=True)
def test_of_two_people_with_one_address_one_gets_the_account() -> None:
    def sign_up() -> User:
        return User.objects.create_user("Reader@example.org")

    with Somebody(sign_up) as other, transaction.atomic():
        User.objects.create_user("reader@example.org")
        other.starts_and_waits()

    assert isinstance(other.error, IntegrityError | ValidationError)
    assert User.objects.count() == 1
