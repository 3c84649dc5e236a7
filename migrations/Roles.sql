-- Run in the new, empty database by a role that may create roles; running it again changes nothing.
-- chatplatform_owner applies migrations. chatplatform_app is the server's: it reads and writes rows and cannot change the schema.
-- Both are made without a password; give them one with ALTER ROLE … PASSWORD, or by the way your cluster authenticates.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'chatplatform_owner') THEN
    CREATE ROLE chatplatform_owner LOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'chatplatform_app') THEN
    CREATE ROLE chatplatform_app LOGIN;
  END IF;
  -- CREATE on the database is for trusted extensions only.
  EXECUTE format('GRANT CONNECT, CREATE, TEMPORARY ON DATABASE %I TO chatplatform_owner', current_database());
  EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO chatplatform_app', current_database());
END
$$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO chatplatform_owner;
GRANT USAGE ON SCHEMA public TO chatplatform_app;

-- For what there is, and for what every later migration adds.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO chatplatform_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO chatplatform_app;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO chatplatform_app;
ALTER DEFAULT PRIVILEGES FOR ROLE chatplatform_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO chatplatform_app;
ALTER DEFAULT PRIVILEGES FOR ROLE chatplatform_owner IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO chatplatform_app;
ALTER DEFAULT PRIVILEGES FOR ROLE chatplatform_owner IN SCHEMA public
  GRANT EXECUTE ON FUNCTIONS TO chatplatform_app;
