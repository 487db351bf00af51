-- Calendars of someone else: whose they are, and which events of ours are in one.
ALTER TABLE "SyncedCalendar" ADD COLUMN "ownerAddress" TEXT;
ALTER TABLE "Meeting" ADD COLUMN "sharedCalendar" TEXT;
ALTER TABLE "RetiredEvent" ADD COLUMN "sharedCalendar" TEXT;
