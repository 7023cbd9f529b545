"""Alembic's environment: runs on the connection that the store hands over, inside its transaction."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=context.config.attributes.get("metadata"),
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=False,  # the store has begun its own transaction
)
context.run_migrations()
