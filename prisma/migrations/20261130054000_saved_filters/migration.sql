-- What organizers look for in their bookings again and again, by names of their own.
-- CreateTable
CREATE TABLE "SavedFilter" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SavedFilter_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "SavedFilter_userId_name_key" ON "SavedFilter"("userId", "name");

-- AddForeignKey
ALTER TABLE "SavedFilter" ADD CONSTRAINT "SavedFilter_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The words of a search may name a visitor, and are not in one.
ALTER TABLE "SavedFilter" ADD CONSTRAINT "SavedFilter_length" CHECK (char_length("name") BETWEEN 1 AND 50 AND char_length("query") BETWEEN 1 AND 500);
ALTER TABLE "SavedFilter" ADD CONSTRAINT "SavedFilter_no_search" CHECK ("query" !~ '(^|&)q=');
