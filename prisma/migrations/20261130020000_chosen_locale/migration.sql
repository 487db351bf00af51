-- Whether people have chosen their language themselves, so that a browser doesn't change it.
-- AlterTable
ALTER TABLE "User" ADD COLUMN     "localeChosen" BOOLEAN NOT NULL DEFAULT false;
