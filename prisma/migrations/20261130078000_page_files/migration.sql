-- Scripts and styles of each build, for pages that ask a server of another build.
CREATE TABLE "PageFile" (
    "name" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "replacedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PageFile_pkey" PRIMARY KEY ("name")
);
