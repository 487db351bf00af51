"use server";

import { revalidatePath } from "next/cache";
import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { newCapability } from "@/lib/auth/capability";
import { currentPath, getOrganizer } from "@/lib/auth/guards";
import { consume } from "@/lib/auth/rate-limit";
import { checkAnswers } from "@/lib/booking/answers";
import { book } from "@/lib/booking/book";
import { holdSlot, releaseHold } from "@/lib/booking/holds";
import { refuseWithoutLink } from "@/lib/booking/link-access";
import { bookingRequest } from "@/lib/booking/schema";
import { bookedInFrame, framePath, readFrame } from "@/lib/booking-page/frame";
import { holdCookie, holdCookieRules } from "@/lib/booking-page/hold-key";
import { getPageOffer } from "@/lib/booking-page/offers";
import { identityOfForm, readZoneOf, toBookingRequest } from "@/lib/booking-page/read-form";
import { readVisitor } from "@/lib/booking-page/visitor";
import type { FormValues } from "@/lib/input/form-values";
import type { InputIssue } from "@/lib/input/parse";
import { countStep } from "@/lib/insights/funnel";
import { type SentSlot, type SlotRefused, slotAction } from "@/lib/reader/slot-action";
import { ageOfForm } from "@/lib/shield/form-age";

/** Books the chosen time and leads to the booking's own page; or says why not, with everything that was typed. */
export const bookSlot = slotAction({
  guard: findOffer,
  limit: "booking",
  schema: bookingRequest,
  read: toRequest,
  review,
  async run(request, { who: { eventType, organizer, holdKey }, fields, address }) {
    const sender = {
      organizerId: (await getOrganizer())?.id,
      address,
      hasHiddenField: Boolean(fields.homepage),
      formAgeMs: ageOfForm(fields.openedAt, Date.now()),
      proof: fields.proof,
    };
    const booked = await book(request, { ...identityOfForm(fields, ["visitor"], request), sender });
    if (!booked.ok) return booked.error;
    countStep(eventType.id, "booked", organizer.timeZone);
    if (holdKey !== null) await releaseHold(holdKey);
    // What the router has fetched ahead still offers this time.
    revalidatePath(`/${fields.handle}/${fields.slug}`);
    const frame = readFrame(await currentPath());
    if (frame) {
      revalidatePath(framePath(frame));
      redirect(bookedInFrame(frame, booked.value.token));
    }
    redirect(`/booking/${booked.value.token}${eventType.redirectUrl ? "/onward" : ""}`);
  },
});

type Asked = Awaited<ReturnType<typeof findOffer>>;

/** Anyone may ask for a time of what is offered at this address. */
async function findOffer({ handle = "", slug = "" }: FormValues) {
  const { organizer, timeZone, eventType } = (await getPageOffer(handle, slug)) ?? notFound();
  const { locale: visitorLocale, holdKey } = await readVisitor();
  const host = { name: organizer.name, timeZone };
  return { organizer: host, eventType, visitorLocale, holdKey };
}

function toRequest(fields: FormValues, { organizer, eventType, visitorLocale }: Asked) {
  const timeZone = readZoneOf(fields, organizer);
  return toBookingRequest(fields, eventType.questions, { timeZone, locale: visitorLocale });
}

/** The link and the answers. */
async function review(issues: readonly InputIssue[], sent: SentSlot<Asked>): Promise<SlotRefused | null> {
  const { who, fields } = sent;
  const { eventType } = who;
  const closed = await refuseWithoutLink(eventType, fields.link);
  // Anyone who has no link learns nothing of the questions. The same form sent twice has used its own link up: `book` knows.
  if (closed === "link_required" || (closed && issues.length > 0)) return { code: closed };
  const unanswered = closed ? [] : checkAnswers(eventType.questions, toRequest(fields, who).answers);
  if (issues.length + unanswered.length === 0) return null;
  await holdForCorrection(fields, who.holdKey ?? newCapability(), sent.address);
  return { code: "invalid_request", issues: [...issues, ...unanswered] };
}

/** Where no script has held the time, it is held while the visitor fixes the form. */
async function holdForCorrection(
  { handle = "", slug = "", start = "", durationMinutes, link, host }: FormValues,
  holder: string,
  address: string,
): Promise<void> {
  const at = Date.parse(start);
  if (Number.isNaN(at) || !(await consume("hold", address)).ok) return;
  const request = {
    handle,
    slug,
    start: at,
    durationMinutes: Number(durationMinutes),
    link,
    host,
    holder,
    address,
  };
  if (await holdSlot(request)) (await cookies()).set(holdCookie, holder, holdCookieRules());
}
