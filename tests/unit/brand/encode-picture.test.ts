import { crc32 } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { encodePicture, uploadMaxBytes } from "@/lib/brand/encode-picture";
import { describePicture, drawPicture } from "@/tests/integration/brand/pictures";

async function encoded(...given: Parameters<typeof encodePicture>) {
  const outcome = await encodePicture(...given);
  if (!outcome.ok) throw new Error(outcome.error.code);
  return outcome.value;
}

const refusal = async (...given: Parameters<typeof encodePicture>) => {
  const outcome = await encodePicture(...given);
  return outcome.ok ? null : outcome.error.code;
};

describe("an uploaded picture", () => {
  it("an uploaded picture that is large becomes a logo of at most 512 pixels, in its own shape", async () => {
    const logo = await encoded("logo", await drawPicture({ width: 2000, height: 500 }));
    expect(logo).toMatchObject({ mediaType: "image/png", width: 512, height: 128 });
    expect(await describePicture(logo.bytes)).toMatchObject({ format: "png", width: 512, height: 128 });
  });

  it("an uploaded picture that is small isn't blown up as a logo", async () => {
    expect(await encoded("logo", await drawPicture({ width: 60, height: 30 }))).toMatchObject({
      width: 60,
      height: 30,
    });
  });

  it("an uploaded picture becomes a square JPEG as a face", async () => {
    const face = await encoded("picture", await drawPicture({ format: "webp" }));
    expect(face).toMatchObject({ mediaType: "image/jpeg", width: 320, height: 320 });
    expect(await describePicture(face.bytes)).toMatchObject({ format: "jpeg", width: 320, height: 320 });
  });

  it("an uploaded picture has an icon of 96 pixels square", async () => {
    const { icon } = await encoded("logo", await drawPicture());
    expect(await describePicture(icon)).toMatchObject({ format: "png", width: 96, height: 96 });
  });

  it("an uploaded picture loses all that a camera wrote, and is turned as it said", async () => {
    const file = await drawPicture({ format: "jpeg", width: 400, height: 200, exif: true });
    expect(await describePicture(file)).toMatchObject({ hasExif: true });
    expect(file.includes("Somebody Secret")).toBe(true);
    const logo = await encoded("logo", file);
    expect(logo).toMatchObject({ width: 200, height: 400 });
    expect(await describePicture(logo.bytes)).toMatchObject({ hasExif: false });
    expect(Buffer.from(logo.bytes).includes("Somebody Secret")).toBe(false);
    const face = await encoded("picture", file);
    expect(Buffer.from(face.bytes).includes("Somebody Secret")).toBe(false);
  });

  it("an uploaded picture full of noise still fits into its column", async () => {
    const noise = await sharp({
      create: {
        width: 520,
        height: 520,
        channels: 3,
        background: "#888",
        noise: { type: "gaussian", mean: 128, sigma: 80 },
      },
    })
      .png()
      .toBuffer();
    const logo = await encoded("logo", noise);
    expect(logo.bytes.byteLength).toBeLessThan(400_000);
    expect(logo.icon.byteLength).toBeLessThan(60_000);
  });

  it("an uploaded picture has the same hash when it is the same, and another when it isn't", async () => {
    const [one, again, other] = [
      await encoded("logo", await drawPicture()),
      await encoded("logo", await drawPicture()),
      await encoded("logo", await drawPicture({ colour: "#000000" })),
    ];
    expect(again.hash).toBe(one.hash);
    expect(other.hash).not.toBe(one.hash);
  });

  it.each([
    ["an SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ["a page", Buffer.from("<!doctype html><p>no</p>")],
    ["nothing", Buffer.alloc(0)],
    ["a PDF", Buffer.from("%PDF-1.7 and more")],
  ])("an uploaded picture isn't %s", async (_what, file) => {
    expect(await refusal("logo", file)).toBe("picture_kind");
  });

  it("an uploaded picture isn't a GIF", async () => {
    expect(await refusal("logo", await drawPicture({ format: "gif" }))).toBe("picture_kind");
  });

  it("an uploaded picture that breaks off, or only begins like one, is refused", async () => {
    const whole = await drawPicture({ format: "jpeg" });
    expect(await refusal("picture", whole.subarray(0, whole.length / 3))).toBe("picture_broken");
    const pretended = Buffer.concat([whole.subarray(0, 4), Buffer.from("<svg onload=alert(1)>")]);
    expect(await refusal("picture", pretended)).toBe("picture_broken");
  });

  it("an uploaded picture of too many bytes or pixels is refused before it is decoded", async () => {
    expect(await refusal("logo", Buffer.alloc(uploadMaxBytes + 1))).toBe("picture_too_large");
    // 20,000 by 20,000 pixels of one colour: 1.2 GB when decoded, and its header says so.
    const head = Buffer.from(await drawPicture({ width: 10, height: 10 }));
    head.writeUInt32BE(20_000, 16);
    head.writeUInt32BE(20_000, 20);
    head.writeUInt32BE(crc32(head.subarray(12, 29)), 29);
    expect(await refusal("logo", head)).toBe("picture_pixels");
  });
});
