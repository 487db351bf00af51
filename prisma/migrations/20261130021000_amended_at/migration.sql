-- When anything last changed of a booking that its organizer reads by the API. For bookings that there are already: now.
ALTER TABLE "Booking" ADD COLUMN "amendedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now();

-- The transaction can be seen to be running before the clock is read, so no one reads beyond an instant that is still to come
-- (lib/database/settled.ts).
CREATE FUNCTION "amended_now"() RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_current_xact_id();
  RETURN clock_timestamp();
END
$$;

ALTER TABLE "Booking" ALTER COLUMN "amendedAt" SET DEFAULT "amended_now"();

CREATE INDEX "Booking_ownerId_amendedAt_id_idx" ON "Booking"("ownerId", "amendedAt", "id");
CREATE INDEX "Booking_teamId_amendedAt_id_idx" ON "Booking"("teamId", "amendedAt", "id") WHERE ("teamId" IS NOT NULL);

CREATE FUNCTION "amend_booking"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."amendedAt" := "amended_now"();
  RETURN NEW;
END
$$;

CREATE TRIGGER "Booking_amended" BEFORE UPDATE ON "Booking" FOR EACH ROW WHEN (
  (OLD."ownerId", OLD."teamId", OLD."eventTypeId", OLD."meetingId", OLD."status", OLD."startsAt", OLD."endsAt", OLD."title",
    OLD."visitorName", OLD."visitorEmail", OLD."visitorTimeZone", OLD."visitorLocale", OLD."answers", OLD."guests", OLD."utm",
    OLD."joinTokenHash", OLD."cancelReason", OLD."moveReason", OLD."privateNote", OLD."noShowAt", OLD."confirmBy")
  IS DISTINCT FROM
  (NEW."ownerId", NEW."teamId", NEW."eventTypeId", NEW."meetingId", NEW."status", NEW."startsAt", NEW."endsAt", NEW."title",
    NEW."visitorName", NEW."visitorEmail", NEW."visitorTimeZone", NEW."visitorLocale", NEW."answers", NEW."guests", NEW."utm",
    NEW."joinTokenHash", NEW."cancelReason", NEW."moveReason", NEW."privateNote", NEW."noShowAt", NEW."confirmBy")
) EXECUTE FUNCTION "amend_booking"();

-- What it shows of its meeting.
CREATE FUNCTION "amend_bookings_of_meeting"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "Booking" SET "amendedAt" = "amended_now"() WHERE "meetingId" = NEW."id";
  RETURN NULL;
END
$$;

CREATE TRIGGER "Meeting_amends_bookings" AFTER UPDATE ON "Meeting" FOR EACH ROW WHEN (
  (OLD."kind", OLD."status", OLD."joinUrl") IS DISTINCT FROM (NEW."kind", NEW."status", NEW."joinUrl")
) EXECUTE FUNCTION "amend_bookings_of_meeting"();

-- Who takes part. A booking that this transaction makes is as new as its hosts.
CREATE FUNCTION "amend_booking_of_host"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "Booking" SET "amendedAt" = "amended_now"()
  WHERE "id" = coalesce(NEW."bookingId", OLD."bookingId") AND xmin <> pg_current_xact_id()::xid;
  RETURN NULL;
END
$$;

CREATE TRIGGER "BookingHost_amends_booking" AFTER INSERT OR UPDATE OR DELETE ON "BookingHost"
  FOR EACH ROW EXECUTE FUNCTION "amend_booking_of_host"();

-- What its hosts are called.
CREATE FUNCTION "amend_bookings_of_user"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "Booking" SET "amendedAt" = "amended_now"()
  WHERE "id" IN (SELECT "bookingId" FROM "BookingHost" WHERE "userId" = NEW."id");
  RETURN NULL;
END
$$;

CREATE TRIGGER "User_amends_bookings" AFTER UPDATE ON "User" FOR EACH ROW WHEN (
  (OLD."name", OLD."handle") IS DISTINCT FROM (NEW."name", NEW."handle")
) EXECUTE FUNCTION "amend_bookings_of_user"();
