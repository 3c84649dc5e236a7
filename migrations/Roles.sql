-- Run this in the new, empty database with a role that may create roles. It can be run again.
-- chatplatform_owner applies migrations. chatplatform_app is the server's role: it reads and writes rows and cannot change the schema.
-- Both are created without a password; set one with ALTER ROLE … PASSWORD, or use your cluster's authentication.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'chatplatform_owner') THEN
    CREATE ROLE chatplatform_owner LOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'chatplatform_app') THEN
    CREATE ROLE chatplatform_app LOGIN;
  END IF;
  -- CREATE on the database is only needed for trusted extensions.
  EXECUTE format('GRANT CONNECT, CREATE, TEMPORARY ON DATABASE %I TO chatplatform_owner', current_database());
  EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO chatplatform_app', current_database());
END
$$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO chatplatform_owner;
GRANT USAGE ON SCHEMA public TO chatplatform_app;

-- For existing objects and those of later migrations.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO chatplatform_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO chatplatform_app;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO chatplatform_app;
ALTER DEFAULT PRIVILEGES FOR ROLE chatplatform_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO chatplatform_app;
ALTER DEFAULT PRIVILEGES FOR ROLE chatplatform_owner IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO chatplatform_app;
ALTER DEFAULT PRIVILEGES FOR ROLE chatplatform_owner IN SCHEMA public
  GRANT EXECUTE ON FUNCTIONS TO chatplatform_app;
