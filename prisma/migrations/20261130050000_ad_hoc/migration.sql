-- Visitors may book several members of a team together, where the team allows it. What is made for them ends with any of its hosts.
ALTER TABLE "Team" ADD COLUMN "allowsAdHoc" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "EventType" ADD COLUMN "isAdHoc" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "EventType" ADD CONSTRAINT "EventType_ad_hoc_of_team" CHECK (NOT "isAdHoc" OR ("teamId" IS NOT NULL AND hidden));

CREATE FUNCTION end_ad_hoc_event_type() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "EventType" WHERE id = OLD."eventTypeId" AND "isAdHoc";
  RETURN NULL;
END $$;

CREATE TRIGGER "EventTypeHost_ad_hoc_ends" AFTER DELETE ON "EventTypeHost"
  FOR EACH ROW EXECUTE FUNCTION end_ad_hoc_event_type();
