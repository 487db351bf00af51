-- What mails to visitors begin and end with, in an organizer's own words.
ALTER TABLE "EventType" ADD COLUMN "mailGreeting" TEXT NOT NULL DEFAULT '', ADD COLUMN "mailClosing" TEXT NOT NULL DEFAULT '';
