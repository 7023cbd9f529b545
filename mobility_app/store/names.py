"""The organisations of a mobility under their two roles, as SQL aliases."""

from sqlalchemy.orm import aliased

from mobility_app.store.schema import Organisation

SENDING = aliased(Organisation, name="sending")
HOST = aliased(Organisation, name="host")
