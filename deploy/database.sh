#!/bin/sh
# The two roles and the database of Keyrack, made once by the PostgreSQL image on an empty volume.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -v owner="$OWNER_PASSWORD" -v app="$APP_PASSWORD" <<'SQL'
CREATE ROLE keyrack_owner LOGIN PASSWORD :'owner';
CREATE ROLE keyrack_app LOGIN PASSWORD :'app';
CREATE DATABASE keyrack OWNER keyrack_owner;
REVOKE CONNECT ON DATABASE keyrack FROM PUBLIC;
GRANT CONNECT ON DATABASE keyrack TO keyrack_app;
SQL
