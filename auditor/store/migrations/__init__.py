"""The steps by which the tables came to be, for Alembic. A step that was released is never changed: the next one mends it."""
