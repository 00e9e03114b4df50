"""SQLite: the driver, connections, migrations, backup. SQL of a subject lives in that subject's store."""
