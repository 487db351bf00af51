import { SharePicture, shareSize } from "@/components/brand/share-picture";
import { methods } from "@/lib/api/methods";
import { clientAddress } from "@/lib/auth/client-address";
import { consume } from "@/lib/auth/rate-limit";
import { getPageOffer, offerInLanguage } from "@/lib/booking-page/offers";
import { readPictureFile } from "@/lib/brand/address";
import { productAccent } from "@/lib/brand/palette";
import { findPicture } from "@/lib/brand/pictures";
import { brandOf, type ShownPicture } from "@/lib/brand/read";
import { toDrawable } from "@/lib/brand/share";
import { choiceOf } from "@/lib/format/lists";
import { localeOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { isAddressPart } from "@/lib/input/id";

interface ShareContext {
  params: Promise<{ handle: string; slug: string }>;
}

const daySeconds = 24 * 60 * 60;
const nothing = (status: number) => new Response(null, { status, headers: { "Cache-Control": "no-store" } });

/** Draws the invitation of an event type. What is behind a link has none: its name is for those who have one. */
async function draw(request: Request, { params }: ShareContext): Promise<Response> {
  const { handle, slug } = await params;
  const { searchParams } = new URL(request.url);
  if (!isAddressPart(handle) || !isAddressPart(slug)) return nothing(404);
  const allowed = await consume("sharePicture", clientAddress(request.headers));
  if (!allowed.ok) return nothing(429);
  const offer = await getPageOffer(handle, slug);
  if (!offer || offer.eventType.requiresLink) return nothing(404);
  const locale = localeOf(searchParams.get("lang") ?? "");
  const { eventType, organizer } = offerInLanguage(offer, locale);
  const brand = await brandOf(organizer.handle, organizer.name);
  const words = translator("booking", locale);
  const [only = 0] = eventType.durationsMinutes;
  const duration =
    eventType.durationsMinutes.length === 1
      ? words("minutes", { minutes: only })
      : words("durations", { list: choiceOf(eventType.durationsMinutes.map(String), locale) });
  const { ImageResponse } = await import("next/og");
  const logo = brand.logo && (await load(brand.logo));
  const face = brand.picture && (await load(brand.picture));
  return new ImageResponse(
    <SharePicture
      title={toDrawable(eventType.title)}
      name={toDrawable(brand.name)}
      facts={toDrawable(`${duration} · ${words(`place.${eventType.location.kind}`)}`)}
      invitation={toDrawable(translator("brand", locale)("invitation"))}
      accent={brand.accent ?? productAccent}
      logo={logo}
      face={face?.src ?? null}
    />,
    {
      ...shareSize,
      headers: {
        "Cache-Control": `public, max-age=${daySeconds}`,
        "Cross-Origin-Resource-Policy": "cross-origin",
      },
    },
  );
}

/** A stored picture as a `data:` address, so that drawing it asks no one. */
async function load({ path, width, height }: ShownPicture) {
  const [brandId = "", file = ""] = path.split("/").slice(3);
  const asked = readPictureFile(brandId, file);
  const found = asked && (await findPicture(asked));
  if (!found || "movedTo" in found) return null;
  const src = `data:${found.mediaType};base64,${Buffer.from(found.bytes).toString("base64")}`;
  return { src, width, height };
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: draw });
