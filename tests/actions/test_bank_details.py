"""Bank details of a person: checked, stored as banks write them, kept together when two persons are one."""

import pytest

from mobility_app.actions import participants
from mobility_app.core.bank import masked
from mobility_app.errors import UserError
from mobility_app.store import accounts
from mobility_app.store.journal import Label

LABEL = Label("a change")
IBAN = "FR7630006000011234567890189"


@pytest.fixture
def person(db, project_id):
    with db.write(LABEL) as s:
        return participants.add(s, last_name="MARTIN", first_name="Zoé", iban="fr76 3000-6000 0112 3456 7890 189")


def known(db, person):
    with db.read() as s:
        return accounts.bank_accounts(s, [person])[person]


def test_typed_as_on_the_statement_and_shown_in_fours(db, person) -> None:
    account = known(db, person)
    assert account.iban == IBAN
    assert account.shown == "FR76 3000 6000 0112 3456 7890 189"
    assert masked(account.iban) == "FR…0189"
    assert masked(None) == ""


@pytest.mark.parametrize("wrong", [
    {"iban": IBAN[:-1] + "8"},
    {"iban": IBAN[:-2]},
    {"iban": "FRANCE"},
    {"iban": "ＦＲ7630006000011234567890189"},
    {"bic": "AGRI"},
    {"bic": "AGRIFRPPX"},
])  # fmt: skip
def test_an_account_that_cannot_be_is_refused(db, person, wrong) -> None:
    with pytest.raises(UserError), db.write(LABEL) as s:
        participants.change(s, person, **wrong)
    assert known(db, person).iban == IBAN


def test_it_can_be_taken_away(db, person) -> None:
    with db.write(LABEL) as s:
        participants.change(s, person, iban=None, bic="")
    assert known(db, person).shown == ""


def test_a_merge_never_mixes_two_accounts(db, person) -> None:
    with db.write(LABEL) as s:
        other = participants.add(
            s, last_name="MARTIN", first_name="Zoe", iban="DE89370400440532013000", bic="COBADEFF", account_holder="X"
        )
        participants.merge(s, person, other)
    account = known(db, person)
    assert (account.iban, account.bic, account.account_holder) == (IBAN, "", "")
