/** Makes a picture of ours out of an uploaded file: decoded and encoded anew, so that nothing else of the file is left. */
import { createHash } from "node:crypto";
import type { Sharp } from "sharp";
import { err, ok, type Result } from "@/lib/result";

export const pictureKinds = ["logo", "picture"] as const;
export type PictureKind = (typeof pictureKinds)[number];

/** How long an uploaded file may be, in bytes: a photograph of a phone. */
export const uploadMaxBytes = 8_000_000;

/** The largest picture that is decoded, in pixels: some bombs are small files. */
const maxPixels = 50_000_000;

const longestSide = 512;
/** Shown in the seal at 64 pixels, and in pictures that are shared at 200. */
const faceSide = 320;
const iconSide = 96;

export interface EncodedPicture {
  kind: PictureKind;
  /** Of its bytes. */
  hash: string;
  mediaType: "image/png" | "image/jpeg";
  width: number;
  height: number;
  bytes: Uint8Array<ArrayBuffer>;
  icon: Uint8Array<ArrayBuffer>;
}

export type PictureRefused =
  /** No PNG, JPEG or WebP: SVG, for one, which may carry programs. */
  | { code: "picture_kind" }
  | { code: "picture_too_large" }
  /** It would take too much memory to decode. */
  | { code: "picture_pixels" }
  /** It can't be decoded. */
  | { code: "picture_broken" };

/**
 * A logo keeps its shape, at most 512 pixels on its longer side, as PNG. A picture is cut to a square of 320, as JPEG. Both lose what
 * cameras and programs have written into them, such as where they were taken, after being turned as that says.
 */
export async function encodePicture(
  kind: PictureKind,
  file: Uint8Array,
): Promise<Result<EncodedPicture, PictureRefused>> {
  if (file.byteLength > uploadMaxBytes) return err("picture_too_large");
  if (!isKnownFormat(file)) return err("picture_kind");
  try {
    const decoded = await open(file);
    const { data, info } = await (kind === "logo" ? drawLogo(decoded) : drawFace(decoded));
    const icon = await drawIcon(data);
    const bytes = new Uint8Array(data);
    return ok({
      kind,
      hash: createHash("sha256").update(bytes).digest("hex").slice(0, 24),
      mediaType: kind === "logo" ? "image/png" : "image/jpeg",
      width: info.width,
      height: info.height,
      bytes,
      icon: new Uint8Array(icon),
    });
  } catch (error) {
    if (isOurFault(error)) throw error;
    if (error instanceof Error && error.message.includes("exceeds pixel limit")) return err("picture_pixels");
    return err("picture_broken");
  }
}

/** By its first bytes: what a file or a form says about itself counts for nothing, and no other decoder is ever asked. */
function isKnownFormat(file: Uint8Array): boolean {
  const start = Buffer.from(file.subarray(0, 12));
  const isPng = start.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  const isJpeg = start.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]));
  const isWebp = start.toString("latin1", 0, 4) === "RIFF" && start.toString("latin1", 8, 12) === "WEBP";
  return isPng || isJpeg || isWebp;
}

/** Loaded with the first picture, so that no start pays for it and a server without it goes on without pictures. */
async function loadSharp(): Promise<typeof import("sharp")["default"]> {
  const { default: load } = await import("sharp");
  load.cache(false);
  load.concurrency(1);
  return load;
}

async function open(file: Uint8Array): Promise<Sharp> {
  const load = await loadSharp();
  return load(file, { limitInputPixels: maxPixels, failOn: "error" }).autoOrient();
}

async function drawLogo(decoded: Sharp) {
  const drawn = decoded.resize({
    width: longestSide,
    height: longestSide,
    fit: "inside",
    withoutEnlargement: true,
  });
  const whole = await drawn.clone().png({ compressionLevel: 9 }).toBuffer({ resolveWithObject: true });
  // A photograph as a logo: 256 colours are enough for its size, and mails stay light.
  if (whole.data.byteLength <= 150_000) return whole;
  return drawn.png({ palette: true, effort: 3 }).toBuffer({ resolveWithObject: true });
}

function drawFace(decoded: Sharp) {
  return decoded
    .resize({ width: faceSide, height: faceSide, fit: "cover" })
    .flatten({ background: "#ffffff" })
    .jpeg({ quality: 84, mozjpeg: true })
    .toBuffer({ resolveWithObject: true });
}

async function drawIcon(data: Buffer): Promise<Buffer> {
  const load = await loadSharp();
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  return load(data)
    .resize({ width: iconSide, height: iconSide, fit: "contain", background })
    .png({ compressionLevel: 9 })
    .toBuffer();
}

/** The library isn't there, or could not be loaded: no file is to blame. */
function isOurFault(error: unknown): boolean {
  const { code, message = "" } = error as { code?: string; message?: string };
  return code === "ERR_MODULE_NOT_FOUND" || message.includes("Could not load the");
}
