-- CreateEnum
CREATE TYPE "Role" AS ENUM ('organizer', 'admin');

-- CreateEnum
CREATE TYPE "BookingStatus" AS ENUM ('pending', 'confirmed', 'declined', 'cancelled');

-- CreateEnum
CREATE TYPE "MeetingStatus" AS ENUM ('none', 'creating', 'ready', 'failed');

-- CreateEnum
CREATE TYPE "ConnectionState" AS ENUM ('connected', 'limited', 'reconnect_needed');

-- CreateEnum
CREATE TYPE "AccountKind" AS ENUM ('work', 'personal');

-- CreateEnum
CREATE TYPE "MailStatus" AS ENUM ('queued', 'sent', 'failed');

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "passwordHash" TEXT,
    "role" "Role" NOT NULL DEFAULT 'organizer',
    "sessionEpoch" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "id" UUID NOT NULL,
    "tokenHash" BYTEA NOT NULL,
    "createdById" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PasswordReset" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "tokenHash" BYTEA NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PasswordReset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiKey" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "keyHash" BYTEA NOT NULL,
    "hint" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Schedule" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "weekly" JSONB NOT NULL,
    "overrides" JSONB NOT NULL DEFAULT '[]',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Schedule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EventType" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "scheduleId" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "durationsMinutes" INTEGER[],
    "slotIntervalMinutes" INTEGER,
    "slotOffsetMinutes" INTEGER,
    "bufferBeforeMinutes" INTEGER NOT NULL DEFAULT 0,
    "bufferAfterMinutes" INTEGER NOT NULL DEFAULT 0,
    "minimumNoticeMinutes" INTEGER NOT NULL DEFAULT 240,
    "window" JSONB NOT NULL DEFAULT '{"kind":"rolling","days":60}',
    "dailyLimit" INTEGER,
    "weeklyLimit" INTEGER,
    "location" JSONB NOT NULL,
    "fallbackLocation" JSONB,
    "requiresApproval" BOOLEAN NOT NULL DEFAULT false,
    "seats" INTEGER,
    "questions" JSONB NOT NULL DEFAULT '[]',
    "subjectTemplate" TEXT NOT NULL DEFAULT 'Online appointment with {name}',
    "hidden" BOOLEAN NOT NULL DEFAULT false,
    "meetingOptions" JSONB NOT NULL DEFAULT '{"lobby":"default","recordAutomatically":false,"allowedPresenters":"everyone"}',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "EventType_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Booking" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "eventTypeId" UUID,
    "meetingId" UUID NOT NULL,
    "status" "BookingStatus" NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "title" TEXT NOT NULL,
    "visitorName" TEXT NOT NULL,
    "visitorEmail" TEXT NOT NULL,
    "visitorTimeZone" TEXT NOT NULL,
    "visitorLocale" TEXT NOT NULL DEFAULT 'en',
    "answers" JSONB NOT NULL DEFAULT '{}',
    "guests" JSONB NOT NULL DEFAULT '[]',
    "tokenHash" BYTEA NOT NULL,
    "tokenSealed" TEXT NOT NULL,
    "joinTokenHash" BYTEA NOT NULL,
    "joinTokenSealed" TEXT NOT NULL,
    "requestKey" TEXT,
    "cancelledAt" TIMESTAMPTZ(3),
    "cancelledBy" TEXT,
    "cancelReason" TEXT,
    "noShowAt" TIMESTAMPTZ(3),
    "rescheduleCount" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Booking_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Meeting" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "eventTypeId" UUID,
    "kind" TEXT NOT NULL,
    "place" TEXT,
    "status" "MeetingStatus" NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "joinUrl" TEXT,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "calendarEventId" TEXT,
    "iCalUId" TEXT,
    "onlineMeetingId" TEXT,
    "calendarStartsAt" TIMESTAMPTZ(3),
    "calendarEndsAt" TIMESTAMPTZ(3),
    "verifiedAt" TIMESTAMPTZ(3),
    "problem" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "leaseUntil" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Meeting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TimeClaim" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "meetingId" UUID NOT NULL,
    "during" tstzrange NOT NULL,
    "bufferBeforeMinutes" INTEGER NOT NULL DEFAULT 0,
    "bufferAfterMinutes" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "TimeClaim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FlightEntry" (
    "id" BIGSERIAL NOT NULL,
    "bookingId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "step" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "call" TEXT,
    "status" INTEGER,
    "requestId" TEXT,
    "durationMs" INTEGER,
    "facts" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "FlightEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MeetingProviderConnection" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "accessToken" TEXT NOT NULL,
    "refreshToken" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "scopes" TEXT NOT NULL,
    "accountEmail" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "accountKind" "AccountKind" NOT NULL,
    "teamsAvailable" BOOLEAN NOT NULL,
    "state" "ConnectionState" NOT NULL,
    "reason" TEXT,
    "lastError" TEXT,
    "tokenVersion" INTEGER NOT NULL DEFAULT 1,
    "refreshLeaseUntil" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),
    "lastVerifiedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MeetingProviderConnection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConnectionStateChange" (
    "id" BIGSERIAL NOT NULL,
    "userId" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ConnectionStateChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OAuthHandshake" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "stateHash" BYTEA NOT NULL,
    "verifierSealed" TEXT NOT NULL,
    "nonce" TEXT NOT NULL,
    "returnTo" TEXT NOT NULL,
    "popup" BOOLEAN NOT NULL DEFAULT false,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "consumedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "OAuthHandshake_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IdempotencyRecord" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "requestHash" BYTEA NOT NULL,
    "status" INTEGER,
    "answerSealed" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "IdempotencyRecord_pkey" PRIMARY KEY ("scope","key")
);

-- CreateTable
CREATE TABLE "RateLimit" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "RateLimit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Mail" (
    "id" UUID NOT NULL,
    "to" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "contentSealed" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "bookingId" UUID,
    "status" "MailStatus" NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    "sentAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WorkerBeat" (
    "id" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "beatAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "WorkerBeat_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE UNIQUE INDEX "User_handle_key" ON "User"("handle");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_tokenHash_key" ON "Invitation"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "PasswordReset_tokenHash_key" ON "PasswordReset"("tokenHash");

-- CreateIndex
CREATE INDEX "PasswordReset_userId_idx" ON "PasswordReset"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_keyHash_key" ON "ApiKey"("keyHash");

-- CreateIndex
CREATE INDEX "ApiKey_userId_idx" ON "ApiKey"("userId");

-- CreateIndex
CREATE INDEX "Schedule_userId_idx" ON "Schedule"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Schedule_id_userId_key" ON "Schedule"("id", "userId");

-- CreateIndex
CREATE INDEX "EventType_scheduleId_idx" ON "EventType"("scheduleId");

-- CreateIndex
CREATE UNIQUE INDEX "EventType_userId_slug_key" ON "EventType"("userId", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "Booking_tokenHash_key" ON "Booking"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "Booking_joinTokenHash_key" ON "Booking"("joinTokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "Booking_requestKey_key" ON "Booking"("requestKey");

-- CreateIndex
CREATE INDEX "Booking_userId_startsAt_idx" ON "Booking"("userId", "startsAt");

-- CreateIndex
CREATE INDEX "Booking_userId_status_startsAt_idx" ON "Booking"("userId", "status", "startsAt");

-- CreateIndex
CREATE INDEX "Booking_eventTypeId_startsAt_idx" ON "Booking"("eventTypeId", "startsAt");

-- CreateIndex
CREATE INDEX "Booking_meetingId_idx" ON "Booking"("meetingId");

-- CreateIndex
CREATE INDEX "Meeting_userId_startsAt_idx" ON "Meeting"("userId", "startsAt");

-- CreateIndex
CREATE INDEX "Meeting_status_idx" ON "Meeting"("status");

-- CreateIndex
CREATE INDEX "Meeting_eventTypeId_idx" ON "Meeting"("eventTypeId");

-- CreateIndex
CREATE UNIQUE INDEX "TimeClaim_meetingId_userId_key" ON "TimeClaim"("meetingId", "userId");

-- CreateIndex
CREATE INDEX "FlightEntry_bookingId_id_idx" ON "FlightEntry"("bookingId", "id");

-- CreateIndex
CREATE INDEX "MeetingProviderConnection_state_idx" ON "MeetingProviderConnection"("state");

-- CreateIndex
CREATE UNIQUE INDEX "MeetingProviderConnection_userId_provider_key" ON "MeetingProviderConnection"("userId", "provider");

-- CreateIndex
CREATE INDEX "ConnectionStateChange_userId_provider_id_idx" ON "ConnectionStateChange"("userId", "provider", "id");

-- CreateIndex
CREATE UNIQUE INDEX "OAuthHandshake_stateHash_key" ON "OAuthHandshake"("stateHash");

-- CreateIndex
CREATE INDEX "OAuthHandshake_expiresAt_idx" ON "OAuthHandshake"("expiresAt");

-- CreateIndex
CREATE INDEX "IdempotencyRecord_expiresAt_idx" ON "IdempotencyRecord"("expiresAt");

-- CreateIndex
CREATE INDEX "RateLimit_expire_idx" ON "RateLimit"("expire");

-- CreateIndex
CREATE INDEX "Mail_bookingId_idx" ON "Mail"("bookingId");

-- CreateIndex
CREATE INDEX "Mail_createdAt_idx" ON "Mail"("createdAt");

-- CreateIndex
CREATE INDEX "WorkerBeat_beatAt_idx" ON "WorkerBeat"("beatAt");

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PasswordReset" ADD CONSTRAINT "PasswordReset_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Schedule" ADD CONSTRAINT "Schedule_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventType" ADD CONSTRAINT "EventType_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventType" ADD CONSTRAINT "EventType_scheduleId_userId_fkey" FOREIGN KEY ("scheduleId", "userId") REFERENCES "Schedule"("id", "userId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Booking" ADD CONSTRAINT "Booking_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Booking" ADD CONSTRAINT "Booking_eventTypeId_fkey" FOREIGN KEY ("eventTypeId") REFERENCES "EventType"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Booking" ADD CONSTRAINT "Booking_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Meeting" ADD CONSTRAINT "Meeting_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Meeting" ADD CONSTRAINT "Meeting_eventTypeId_fkey" FOREIGN KEY ("eventTypeId") REFERENCES "EventType"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TimeClaim" ADD CONSTRAINT "TimeClaim_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TimeClaim" ADD CONSTRAINT "TimeClaim_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FlightEntry" ADD CONSTRAINT "FlightEntry_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MeetingProviderConnection" ADD CONSTRAINT "MeetingProviderConnection_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConnectionStateChange" ADD CONSTRAINT "ConnectionStateChange_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OAuthHandshake" ADD CONSTRAINT "OAuthHandshake_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema language can't say: rules that hold whatever code runs.

CREATE EXTENSION IF NOT EXISTS btree_gist;

-- Nobody is booked twice: the judge of every booking.
ALTER TABLE "TimeClaim" ADD CONSTRAINT "TimeClaim_no_overlap"
  EXCLUDE USING gist ("userId" WITH =, "during" WITH &&);
ALTER TABLE "TimeClaim" ADD CONSTRAINT "TimeClaim_bounded"
  CHECK (NOT isempty("during") AND NOT lower_inf("during") AND NOT upper_inf("during"));
ALTER TABLE "TimeClaim" ADD CONSTRAINT "TimeClaim_buffers"
  CHECK ("bufferBeforeMinutes" >= 0 AND "bufferAfterMinutes" >= 0);

ALTER TABLE "User" ADD CONSTRAINT "User_email_lower" CHECK ("email" = lower("email") AND "email" <> '');
ALTER TABLE "User" ADD CONSTRAINT "User_handle_form" CHECK ("handle" ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$');

ALTER TABLE "EventType" ADD CONSTRAINT "EventType_slug_form" CHECK ("slug" ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$');
ALTER TABLE "EventType" ADD CONSTRAINT "EventType_durations"
  CHECK (cardinality("durationsMinutes") > 0 AND 0 < ALL ("durationsMinutes"));
ALTER TABLE "EventType" ADD CONSTRAINT "EventType_numbers" CHECK (
  "bufferBeforeMinutes" >= 0 AND "bufferAfterMinutes" >= 0 AND "minimumNoticeMinutes" >= 0
  AND ("slotIntervalMinutes" IS NULL OR "slotIntervalMinutes" > 0)
  AND ("slotOffsetMinutes" IS NULL OR "slotOffsetMinutes" >= 0)
  AND ("dailyLimit" IS NULL OR "dailyLimit" > 0)
  AND ("weeklyLimit" IS NULL OR "weeklyLimit" > 0)
  AND ("seats" IS NULL OR "seats" > 0));

ALTER TABLE "Booking" ADD CONSTRAINT "Booking_time" CHECK ("startsAt" < "endsAt");
ALTER TABLE "Meeting" ADD CONSTRAINT "Meeting_time" CHECK ("startsAt" < "endsAt");

-- A Teams meeting is never called ready without a link that was read back.
ALTER TABLE "Meeting" ADD CONSTRAINT "Meeting_ready_has_link"
  CHECK ("kind" <> 'teams' OR "status" <> 'ready' OR ("joinUrl" IS NOT NULL AND "verifiedAt" IS NOT NULL));
