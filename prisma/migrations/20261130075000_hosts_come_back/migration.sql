-- Whoever comes back goes on from the smallest share of the others: their account is open again, they have signed in to Microsoft again,
-- or they take turns where they had always taken part.
CREATE FUNCTION host_comes_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "EventTypeHost" SET "joinedAt" = CURRENT_TIMESTAMP
  WHERE "userId" = (to_jsonb(OLD) ->> TG_ARGV[0])::uuid AND "teamId" IS NOT NULL AND kind = 'rotating';
  RETURN NULL;
END $$;

CREATE TRIGGER "User_comes_back" AFTER UPDATE OF "disabledAt" ON "User"
  FOR EACH ROW WHEN (OLD."disabledAt" IS NOT NULL AND NEW."disabledAt" IS NULL) EXECUTE FUNCTION host_comes_back('id');

CREATE TRIGGER "MeetingProviderConnection_comes_back" AFTER UPDATE OF state ON "MeetingProviderConnection"
  FOR EACH ROW WHEN (OLD.state = 'reconnect_needed' AND NEW.state <> 'reconnect_needed') EXECUTE FUNCTION host_comes_back('userId');

CREATE TRIGGER "MeetingProviderConnection_goes" AFTER DELETE ON "MeetingProviderConnection"
  FOR EACH ROW WHEN (OLD.state = 'reconnect_needed') EXECUTE FUNCTION host_comes_back('userId');

CREATE FUNCTION begin_to_take_turns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."joinedAt" := CURRENT_TIMESTAMP;
  RETURN NEW;
END $$;

CREATE TRIGGER "EventTypeHost_begins_to_take_turns" BEFORE UPDATE OF kind ON "EventTypeHost"
  FOR EACH ROW WHEN (OLD.kind = 'fixed' AND NEW.kind = 'rotating') EXECUTE FUNCTION begin_to_take_turns();
