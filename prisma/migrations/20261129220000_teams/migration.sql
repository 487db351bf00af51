-- Teams: organizers who share pages. What was an organizer's alone, a handle and an event type, is an organizer's or a team's.
-- CreateEnum
CREATE TYPE "TeamRole" AS ENUM ('owner', 'admin', 'member');

-- CreateEnum
CREATE TYPE "HostChoice" AS ENUM ('automatic', 'visitor');

-- CreateEnum
CREATE TYPE "RescheduleHosts" AS ENUM ('same_host', 'any_host');

-- AlterTable
ALTER TABLE "Booking" ADD COLUMN     "teamId" UUID;

-- AlterTable
ALTER TABLE "EventType" ADD COLUMN     "hostChoice" "HostChoice" NOT NULL DEFAULT 'automatic',
ADD COLUMN     "onReschedule" "RescheduleHosts" NOT NULL DEFAULT 'same_host',
ADD COLUMN     "rotatingHosts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "teamId" UUID,
ALTER COLUMN "userId" DROP NOT NULL,
ALTER COLUMN "scheduleId" DROP NOT NULL;

-- AlterTable
ALTER TABLE "EventTypeHost" ADD COLUMN     "teamId" UUID;

-- AlterTable
ALTER TABLE "Handle" ADD COLUMN     "teamId" UUID,
ALTER COLUMN "userId" DROP NOT NULL;

-- CreateTable
CREATE TABLE "Team" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "requestKey" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TeamMember" (
    "teamId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "role" "TeamRole" NOT NULL,
    "joinedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "TeamMember_pkey" PRIMARY KEY ("teamId","userId")
);

-- CreateTable
CREATE TABLE "TeamInvitation" (
    "id" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" "TeamRole" NOT NULL,
    "tokenHash" BYTEA NOT NULL,
    "invitedById" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "TeamInvitation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Team_handle_key" ON "Team"("handle");

-- CreateIndex
CREATE UNIQUE INDEX "Team_requestKey_key" ON "Team"("requestKey");

-- CreateIndex
CREATE UNIQUE INDEX "Team_id_handle_key" ON "Team"("id", "handle");

-- CreateIndex
CREATE INDEX "TeamMember_userId_idx" ON "TeamMember"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "TeamInvitation_tokenHash_key" ON "TeamInvitation"("tokenHash");

-- CreateIndex
CREATE INDEX "TeamInvitation_email_idx" ON "TeamInvitation"("email");

-- CreateIndex
CREATE INDEX "TeamInvitation_expiresAt_idx" ON "TeamInvitation"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "TeamInvitation_teamId_email_key" ON "TeamInvitation"("teamId", "email");

-- CreateIndex
CREATE INDEX "Booking_teamId_startsAt_idx" ON "Booking"("teamId", "startsAt");

-- CreateIndex
CREATE UNIQUE INDEX "EventType_teamId_slug_key" ON "EventType"("teamId", "slug");

-- CreateIndex
CREATE INDEX "EventTypeHost_teamId_userId_idx" ON "EventTypeHost"("teamId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "Handle_teamId_key" ON "Handle"("teamId");

-- AddForeignKey
ALTER TABLE "Handle" ADD CONSTRAINT "Handle_teamId_handle_fkey" FOREIGN KEY ("teamId", "handle") REFERENCES "Team"("id", "handle") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TeamMember" ADD CONSTRAINT "TeamMember_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TeamMember" ADD CONSTRAINT "TeamMember_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TeamInvitation" ADD CONSTRAINT "TeamInvitation_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TeamInvitation" ADD CONSTRAINT "TeamInvitation_invitedById_fkey" FOREIGN KEY ("invitedById") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventType" ADD CONSTRAINT "EventType_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventTypeHost" ADD CONSTRAINT "EventTypeHost_teamId_userId_fkey" FOREIGN KEY ("teamId", "userId") REFERENCES "TeamMember"("teamId", "userId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Booking" ADD CONSTRAINT "Booking_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- One owner each.
ALTER TABLE "Handle" ADD CONSTRAINT "Handle_one_owner" CHECK (num_nonnulls("userId", "teamId") = 1);
ALTER TABLE "EventType" ADD CONSTRAINT "EventType_one_owner" CHECK (num_nonnulls("userId", "teamId") = 1);

-- The hours of a team's event type are those of its hosts.
ALTER TABLE "EventType" ADD CONSTRAINT "EventType_schedule_of_owner" CHECK (("scheduleId" IS NULL) = ("teamId" IS NOT NULL));
ALTER TABLE "EventType" ADD CONSTRAINT "EventType_rotating_hosts" CHECK ("rotatingHosts" >= 0);

-- Pages are found by their address, whoever's they are.
CREATE INDEX "EventType_page" ON "EventType" (coalesce("userId", "teamId"), "slug");
