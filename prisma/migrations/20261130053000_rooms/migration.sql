-- Rooms and equipment of an organization, copies of their busy times, and which meeting takes which of them.
-- CreateEnum
CREATE TYPE "RoomKind" AS ENUM ('room', 'equipment');

-- CreateEnum
CREATE TYPE "RoomAnswer" AS ENUM ('waiting', 'accepted', 'tentative', 'declined');

-- AlterTable
ALTER TABLE "EventType" ADD COLUMN     "rooms" JSONB;

-- CreateTable
CREATE TABLE "Room" (
    "id" UUID NOT NULL,
    "tenantId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "RoomKind" NOT NULL DEFAULT 'room',
    "capacity" INTEGER,
    "building" TEXT NOT NULL DEFAULT '',
    "features" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "isListed" BOOLEAN NOT NULL DEFAULT false,
    "syncedAt" TIMESTAMPTZ(3),
    "coversUntil" TIMESTAMPTZ(3),
    "problem" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextReadAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Room_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoomBusy" (
    "roomId" UUID NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RoomBusy_pkey" PRIMARY KEY ("roomId","startsAt","endsAt")
);

-- CreateTable
CREATE TABLE "RoomClaim" (
    "id" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "meetingId" UUID NOT NULL,
    "during" tstzrange NOT NULL,
    "answer" "RoomAnswer" NOT NULL DEFAULT 'waiting',
    "isReplaced" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "RoomClaim_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Room_nextReadAt_idx" ON "Room"("nextReadAt");

-- CreateIndex
CREATE UNIQUE INDEX "Room_tenantId_email_key" ON "Room"("tenantId", "email");

-- CreateIndex
CREATE UNIQUE INDEX "RoomClaim_meetingId_roomId_key" ON "RoomClaim"("meetingId", "roomId");

-- AddForeignKey
ALTER TABLE "RoomBusy" ADD CONSTRAINT "RoomBusy_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "Room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoomClaim" ADD CONSTRAINT "RoomClaim_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "Room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoomClaim" ADD CONSTRAINT "RoomClaim_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema language can't say. A room is in one meeting at a time, whoever books it; one that it declined does not take it.
ALTER TABLE "RoomClaim" ADD CONSTRAINT "RoomClaim_no_overlap"
  EXCLUDE USING gist ("roomId" WITH =, "during" WITH &&) WHERE ("answer" <> 'declined');
ALTER TABLE "RoomClaim" ADD CONSTRAINT "RoomClaim_bounded"
  CHECK (NOT isempty("during") AND NOT lower_inf("during") AND NOT upper_inf("during"));
ALTER TABLE "RoomClaim" ADD CONSTRAINT "RoomClaim_replaced" CHECK (NOT "isReplaced" OR "answer" = 'declined');
ALTER TABLE "RoomBusy" ADD CONSTRAINT "RoomBusy_order" CHECK ("startsAt" < "endsAt");
ALTER TABLE "Room" ADD CONSTRAINT "Room_email_lower" CHECK ("email" = lower("email") AND "email" <> '');
ALTER TABLE "Room" ADD CONSTRAINT "Room_name" CHECK ("name" <> '');
ALTER TABLE "Room" ADD CONSTRAINT "Room_capacity" CHECK ("capacity" > 0);
ALTER TABLE "EventType" ADD CONSTRAINT "EventType_rooms_object" CHECK ("rooms" IS NULL OR jsonb_typeof("rooms") = 'object');
