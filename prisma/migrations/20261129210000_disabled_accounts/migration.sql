-- An account that is shut until it is enabled again: no session, no key, no page.
ALTER TABLE "User" ADD COLUMN "disabledAt" TIMESTAMPTZ(3);
