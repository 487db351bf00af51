-- What organizers have written for visitors in other languages, and the title that a visitor booked under.
ALTER TABLE "EventType" ADD COLUMN "translations" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "EventType" ADD CONSTRAINT "EventType_translations_object" CHECK (jsonb_typeof("translations") = 'object');
ALTER TABLE "Booking" ADD COLUMN "visitorTitle" TEXT;
