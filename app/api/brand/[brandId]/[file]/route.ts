import { methods, withoutBody } from "@/lib/api/methods";
import { picturePath, readPictureFile } from "@/lib/brand/address";
import { findPicture } from "@/lib/brand/pictures";

interface PictureContext {
  params: Promise<{ brandId: string; file: string }>;
}

const yearSeconds = 365 * 24 * 60 * 60;

/** Mail programs, other sites' frames and whoever shares a link show it. */
const anywhere = { "Cross-Origin-Resource-Policy": "cross-origin" };

/** A picture for good: its address changes with it. The address of one that was replaced leads to the new one, as for mails of last year. */
async function show(_request: Request, { params }: PictureContext): Promise<Response> {
  const { brandId, file } = await params;
  const asked = readPictureFile(brandId, file);
  const found = asked && (await findPicture(asked));
  if (!asked || !found) return new Response(null, { status: 404, headers: { "Cache-Control": "no-store" } });
  if ("movedTo" in found) {
    const part = asked.isIcon ? (`${asked.kind}-icon` as const) : asked.kind;
    const location = picturePath({ brandId, part, ...found.movedTo });
    return new Response(null, {
      status: 302,
      headers: { ...anywhere, location, "Cache-Control": "no-cache" },
    });
  }
  return new Response(found.bytes, {
    headers: {
      ...anywhere,
      "Content-Type": found.mediaType,
      "Content-Length": String(found.bytes.byteLength),
      "Cache-Control": `public, max-age=${yearSeconds}, immutable`,
      // Opened by itself it is a picture and nothing else.
      "Content-Security-Policy": "default-src 'none'; sandbox",
    },
  });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: show,
  HEAD: (request: Request, context: PictureContext) =>
    withoutBody(() => show(request, context))(request, context as never),
});
