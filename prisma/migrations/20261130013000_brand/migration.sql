-- CreateEnum
CREATE TYPE "PictureKind" AS ENUM ('logo', 'picture');

-- CreateTable
CREATE TABLE "Brand" (
    "id" UUID NOT NULL,
    "userId" UUID,
    "teamId" UUID,
    "name" TEXT,
    "accent" TEXT,
    "showsBellhop" BOOLEAN,
    "welcome" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Brand_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BrandPicture" (
    "brandId" UUID NOT NULL,
    "kind" "PictureKind" NOT NULL,
    "hash" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,
    "icon" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BrandPicture_pkey" PRIMARY KEY ("brandId","kind")
);

-- CreateIndex
CREATE UNIQUE INDEX "Brand_userId_key" ON "Brand"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Brand_teamId_key" ON "Brand"("teamId");

-- AddForeignKey
ALTER TABLE "Brand" ADD CONSTRAINT "Brand_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Brand" ADD CONSTRAINT "Brand_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BrandPicture" ADD CONSTRAINT "BrandPicture_brandId_fkey" FOREIGN KEY ("brandId") REFERENCES "Brand"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One row for each owner, and one for the defaults of this server, which has a fixed id.
ALTER TABLE "Brand" ADD CONSTRAINT "Brand_one_owner" CHECK (num_nonnulls("userId", "teamId") <= 1
  AND (num_nonnulls("userId", "teamId") = 0) = (id = '00000000-0000-0000-0000-000000000000'));
ALTER TABLE "Brand" ADD CONSTRAINT "Brand_accent_form" CHECK ("accent" ~ '^#[0-9a-f]{6}$');
ALTER TABLE "Brand" ADD CONSTRAINT "Brand_text_length" CHECK (char_length("name") BETWEEN 1 AND 100 AND char_length("welcome") <= 1000);

-- What our own encoder makes of any upload fits. Nothing else gets in.
ALTER TABLE "BrandPicture" ADD CONSTRAINT "BrandPicture_size" CHECK (octet_length("bytes") BETWEEN 1 AND 500000
  AND octet_length("icon") BETWEEN 1 AND 60000 AND "width" BETWEEN 1 AND 512 AND "height" BETWEEN 1 AND 512);
ALTER TABLE "BrandPicture" ADD CONSTRAINT "BrandPicture_media_type" CHECK ("mediaType" IN ('image/png', 'image/jpeg'));
