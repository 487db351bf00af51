import sharp from "sharp";

interface Size {
  width: number;
  height: number;
}

/** A plain picture of one colour; with `exif`, as a camera writes it: turned, and with a place. */
export async function drawPicture({
  width = 800,
  height = 400,
  format = "png" as "png" | "jpeg" | "webp" | "gif",
  colour = "#7a1fa2",
  exif = false,
} = {}): Promise<Buffer> {
  const drawn = sharp({ create: { width, height, channels: 3, background: colour } }).toFormat(format);
  if (!exif) return drawn.toBuffer();
  return drawn
    .withExif({ IFD0: { Artist: "Somebody Secret" }, IFD3: { GPSLatitude: "48/1 51/1 0/1" } })
    .withMetadata({ orientation: 6 })
    .toBuffer();
}

/** As a `data:` address, as the API takes it. */
export const toDataAddress = (bytes: Buffer, type = "image/png") =>
  `data:${type};base64,${bytes.toString("base64")}`;

/** What a picture is, read back. */
export async function describePicture(
  bytes: Uint8Array,
): Promise<Size & { format: string; hasExif: boolean }> {
  const { width, height, format, exif } = await sharp(bytes).metadata();
  return { width, height, format, hasExif: exif !== undefined };
}
