-- Public addresses are one namespace: who has one is looked up, and refused, here.
-- CreateTable
CREATE TABLE "Handle" (
    "handle" TEXT NOT NULL,
    "userId" UUID NOT NULL,

    CONSTRAINT "Handle_pkey" PRIMARY KEY ("handle")
);

INSERT INTO "Handle" ("handle", "userId") SELECT "handle", "id" FROM "User";

-- CreateIndex
CREATE UNIQUE INDEX "Handle_userId_key" ON "Handle"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "User_id_handle_key" ON "User"("id", "handle");

-- AddForeignKey
ALTER TABLE "Handle" ADD CONSTRAINT "Handle_userId_handle_fkey" FOREIGN KEY ("userId", "handle") REFERENCES "User"("id", "handle") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "Handle" ADD CONSTRAINT "Handle_form" CHECK ("handle" ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$');
