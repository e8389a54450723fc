"""Every rule of the people's tables: kept by the database, told by full_clean()."""

from functools import partial

import pytest
from django.utils import timezone

from curators.models import User
from tests.catalogue.test_rules import rules_of_public_rows
from tests.factories import CuratorFactory, InvitationFactory, MembershipFactory
from tests.rules import BLANK, Rule, changed, check_refused, check_told, no_choice

pytestmark = pytest.mark.django_db


def make_user() -> User:
    return User.objects.create_user("reader@example.org")


RULES = [
    # Capitals are mended where a person enters them.
    Rule("curators_user_email_small", make_user, changed(email="Editor@Example.org"), None),
    Rule("curators_user_email_given", make_user, changed(email=""), BLANK),
    *rules_of_public_rows("curators_curator", partial(CuratorFactory, published=False)),
    Rule("curators_curator_name_given", CuratorFactory, changed(name=""), BLANK),
    Rule(
        "curators_curator_orcid_shape",
        CuratorFactory,
        changed(orcid="0000-0002-1825"),
        "An ORCID looks like 0000-0002-1825-0097.",
    ),
    Rule(
        "curators_curator_erased_whole",
        CuratorFactory,
        changed(erased_at=timezone.now()),
        "Of an erased person nothing is kept.",
    ),
    # Likewise.
    Rule(
        "curators_invitation_email_small", InvitationFactory, changed(email="A@Example.org"), None
    ),
    Rule(
        "curators_invitation_standing_known",
        InvitationFactory,
        changed(standing="king"),
        no_choice("king"),
    ),
    Rule(
        "curators_invitation_partner_of_one",
        InvitationFactory,
        changed(standing="partner"),
        "A partner looks after an organisation: name it, and only for a partner.",
    ),
    Rule(
        "curators_invitation_accepted_whole",
        InvitationFactory,
        changed(accepted_at=timezone.now()),
        "What was accepted has a day and an account.",
    ),
    Rule(
        "curators_invitation_one_open",
        InvitationFactory,
        lambda row: {"email": InvitationFactory().email},
        "This address has an invitation already: send that one again, or revoke it.",
    ),
    Rule(
        "curators_membership_unique",
        MembershipFactory,
        lambda row: {"organisation": MembershipFactory(user=row.user).organisation},
        "This user looks after the organisation already.",
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_database_refuses(rule: Rule) -> None:
    check_refused(rule)


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_full_clean_tells(rule: Rule) -> None:
    check_told(rule)
