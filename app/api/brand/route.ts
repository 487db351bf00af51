import { methods } from "@/lib/api/methods";
import { actAs } from "@/lib/audit/acting";
import { originOf } from "@/lib/auth/client-address";
import { getOrganizer } from "@/lib/auth/guards";
import { consume } from "@/lib/auth/rate-limit";
import { isSameOrigin } from "@/lib/auth/same-origin";
import { encodePicture, type PictureKind, pictureKinds, uploadMaxBytes } from "@/lib/brand/encode-picture";
import { saveBrand } from "@/lib/brand/save";
import { takeProfilePicture } from "@/lib/connections/profile-picture";
import { readBoundedForm } from "@/lib/input/bounded-form";
import { type BrandOwner, findBrandOwner } from "@/lib/reader/brand-owner";

/**
 * Keeps the picture of a form, or removes it, and goes back to the page of the brand, which says what came of it. A route and no action:
 * pages take no forms of this size.
 */
async function keep(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers)) return new Response(null, { status: 403 });
  const organizer = await getOrganizer();
  if (!organizer) return goTo("/sign-in?returnTo=/account/profile");
  const form = await readBoundedForm(request, uploadMaxBytes);
  // Too long to be read: whose it was is not known.
  if (form === "too_large") return goTo("/account/profile?picture=picture_too_large#pictures");
  const kind = pictureKinds.find((one) => one === form?.get("kind"));
  const owner = form && kind && (await findBrandOwner(organizer, String(form.get("owner"))));
  if (!form || !kind || !owner) return new Response(null, { status: 400 });
  const allowance = await consume("picture", organizer.id);
  const back = new URL(owner.page, "http://own.invalid");
  if (!allowance.ok) {
    back.searchParams.set("picture", "too_often");
    back.searchParams.set("minutes", String(Math.ceil(allowance.retryAfterSeconds / 60)));
  } else {
    const acting = { actorId: organizer.id, from: originOf(request.headers) };
    const outcome = await actAs(acting, () => change(owner, kind, form));
    back.searchParams.set("picture", outcome);
  }
  return goTo(`${back.pathname}${back.search}#pictures`);
}

async function change({ scope, brand }: BrandOwner, kind: PictureKind, form: FormData): Promise<string> {
  if (form.get("from") === "nowhere") {
    const removed = await saveBrand(brand, { [kind]: null });
    return removed.ok ? "removed" : removed.error.code;
  }
  if (form.get("from") === "microsoft") {
    if (kind !== "picture" || brand !== scope) return "forbidden";
    const taken = await takeProfilePicture(scope);
    return taken.ok ? "saved" : taken.error.code;
  }
  const file = form.get("file");
  if (!(file instanceof File) || file.size === 0) return "empty";
  const encoded = await encodePicture(kind, new Uint8Array(await file.arrayBuffer()));
  if (!encoded.ok) return encoded.error.code;
  const saved = await saveBrand(brand, { [kind]: encoded.value });
  return saved.ok ? "saved" : saved.error.code;
}

const goTo = (location: string) => new Response(null, { status: 303, headers: { location } });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ POST: keep });
