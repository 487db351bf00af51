-- A booking that is being made is as new as its first host, and one that gets another first host is amended by its owner's change.
DROP TRIGGER "BookingHost_amends_booking" ON "BookingHost";

CREATE TRIGGER "BookingHost_amends_booking" AFTER UPDATE OR DELETE ON "BookingHost"
  FOR EACH ROW EXECUTE FUNCTION "amend_booking_of_host"();

CREATE TRIGGER "BookingHost_joins_booking" AFTER INSERT ON "BookingHost"
  FOR EACH ROW WHEN (NEW."position" > 0) EXECUTE FUNCTION "amend_booking_of_host"();

-- Turns are counted by the owner of a booking, and by whoever else takes part.
CREATE INDEX "BookingHost_others_idx" ON "BookingHost"("bookingId") WHERE ("position" > 0);
