#!/bin/bash
# Run once by the database image, when the cluster is made: the portal's role, which is no superuser, and its database.
# PostGIS and trigrams go into template1, from which every new database is copied.
set -euo pipefail
run() { psql -X -q -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" "$@"; }
run --dbname template1 -c 'CREATE EXTENSION IF NOT EXISTS postgis' -c 'CREATE EXTENSION IF NOT EXISTS pg_trgm'
run --dbname postgres -c 'CREATE ROLE portal LOGIN CREATEDB' -c 'CREATE DATABASE portal OWNER portal'
