-- Where a visitor came from, as the address of the page said it: {source, medium, campaign, term, content}, each where it did.
ALTER TABLE "Booking" ADD COLUMN "utm" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "Booking" ADD CONSTRAINT "Booking_utm_object" CHECK (jsonb_typeof("utm") = 'object');
