"use server";

import { revalidatePath } from "next/cache";
import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { readSavedQuery, registerHref, toSavedQuery } from "@/app/account/bookings/register-query";
import { severalHref } from "@/app/account/bookings/several-outcome";
import { requireOrganizer } from "@/lib/auth/guards";
import { actOnSeveral } from "@/lib/booking/act-on-several";
import { blockSender, unblock } from "@/lib/booking/block-sender";
import { cancel } from "@/lib/booking/cancel";
import { decideBooking } from "@/lib/booking/decide";
import { eraseVisitor } from "@/lib/booking/erase-visitor";
import { givePlace, placeInput } from "@/lib/booking/give-place";
import { handOver } from "@/lib/booking/hand-over";
import { setNoShow } from "@/lib/booking/no-show";
import { savePrivateNote } from "@/lib/booking/private-note";
import { mostAtOnce, severalVerbs } from "@/lib/booking/several";
import { getOwnBooking } from "@/lib/booking-record/queries";
import { maxSavedFilters, removeSavedFilter, saveFilter } from "@/lib/booking-record/saved-filters";
import { translator } from "@/lib/i18n/translator";
import { line, paragraphs } from "@/lib/input/text";
import { noteRemovedByHand } from "@/lib/meetings/out-of-reach";
import { repairMeeting } from "@/lib/meetings/repair";
import { lateChoices, sendLateNotice } from "@/lib/notifications/running-late";
import { buttonAction, formAction } from "@/lib/reader/action";
import { blockKinds } from "@/lib/shield/block-value";

const bookingId = z.uuid();
const message = paragraphs(1000).optional();
const guard = () => requireOrganizer();

// A refusal needs no words of its own: the page that comes back shows the booking as it is now.
const showAgain = () => revalidatePath("/account/bookings", "layout");

export const decide = buttonAction({
  guard,
  schema: z.object({
    bookingId,
    decision: z.enum(["approve", "decline"]),
    message,
    // The page of what is held back: the booking goes from it, so it says what came of that.
    list: z.string().max(1000).transform(readSavedQuery).optional(),
  }),
  async run({ bookingId, decision, message, list }, { who }) {
    await decideBooking({ bookingId, scope: who.scope, decision, reason: message });
    showAgain();
    if (list) redirect(`${registerHref(list)}&${decision === "approve" ? "letIn" : "rejected"}=${bookingId}`);
  },
});

/** Several bookings at once, each guarded by itself. */
export const actOnSelected = buttonAction({
  guard,
  read: (formData) => ({
    bookingIds: formData.getAll("booking"),
    verb: formData.get("verb"),
    message: formData.get("message") ?? undefined,
  }),
  schema: z.object({
    bookingIds: z.array(bookingId).min(1).max(mostAtOnce),
    verb: z.enum(severalVerbs),
    message,
  }),
  async run({ bookingIds, verb, message }, { who }) {
    const outcome = await actOnSeveral({ scope: who.scope, bookingIds, verb, message });
    showAgain();
    redirect(severalHref(verb, outcome));
  },
});

/** Names what the list is narrowed down to, and shows it by that name. */
export const saveThisFilter = formAction({
  guard,
  schema: z.object({ name: line(50), query: z.string().max(1000).transform(readSavedQuery) }),
  async run({ name, query }, { who, locale }) {
    const words = translator("bookings", locale);
    const saved = toSavedQuery(query);
    if (saved === null) redirect(registerHref({}));
    const { ok } = await saveFilter(who.scope, { name, query: saved });
    if (!ok) return { status: "refused", message: words("savedFilters.tooMany", { max: maxSavedFilters }) };
    showAgain();
    redirect(registerHref(readSavedQuery(saved)));
  },
});

/** The list stays as it is narrowed down. */
export const removeThisFilter = buttonAction({
  guard,
  schema: z.object({ id: z.uuid() }),
  async run({ id }, { who }) {
    await removeSavedFilter(who.scope, id);
    showAgain();
  },
});

const heldBackHref = registerHref({ state: "suspicious" });

export const block = buttonAction({
  guard,
  schema: z.object({ bookingId, kind: z.enum(blockKinds) }),
  async run({ bookingId, kind }, { who }) {
    const blocked = await blockSender(who.scope, { bookingId, kind });
    showAgain();
    if (blocked.ok) redirect(`${heldBackHref}&blocked=${blocked.value.block.id}`);
  },
});

export const undoBlock = buttonAction({
  guard,
  schema: z.object({ id: z.uuid() }),
  async run({ id }, { who }) {
    await unblock(who.scope, id);
    showAgain();
    redirect(`${heldBackHref}&unblocked=1`);
  },
});

export const cancelBooking = buttonAction({
  guard,
  schema: z.object({ bookingId, message }),
  async run({ bookingId, message }, { who }) {
    const own = await getOwnBooking(who.scope, bookingId);
    if (own) await cancel({ bookingId: own.id, by: "organizer", reason: message });
    showAgain();
  },
});

export const handOverBooking = buttonAction({
  guard,
  schema: z.object({
    bookingId,
    from: z.uuid().optional(),
    // Empty: whoever's turn it is.
    to: z.union([z.uuid(), z.literal("")]).optional(),
    message,
  }),
  async run({ bookingId, from, to, message }, { who }) {
    const own = await getOwnBooking(who.scope, bookingId);
    if (!own) return showAgain();
    const given = await handOver({ bookingId, by: "organizer", from, to: to || undefined, reason: message });
    showAgain();
    const isStillSeen = (await getOwnBooking(who.scope, bookingId)) !== null;
    const page = isStillSeen ? `/account/bookings/${bookingId}` : "/account/bookings";
    redirect(`${page}?handedOver=${given.ok ? "yes" : "no"}`);
  },
});

export const repair = buttonAction({
  guard,
  schema: z.object({ bookingId }),
  async run({ bookingId }, { who }) {
    await repairMeeting({ bookingId, scope: who.scope });
    showAgain();
  },
});

export const sendPlace = formAction({
  guard,
  schema: placeInput.extend({ bookingId }),
  async run({ bookingId, place }, { who, locale }) {
    const words = translator("bookings", locale);
    const given = await givePlace({ bookingId, scope: who.scope, place });
    if (!given.ok && given.error.code === "not_found") notFound();
    showAgain();
    return given.ok
      ? { status: "done", message: words("place.done") }
      : { status: "refused", message: words("place.not_asked") };
  },
});

export const removedByHand = buttonAction({
  guard,
  schema: z.object({ bookingId }),
  async run({ bookingId }, { who }) {
    await noteRemovedByHand(who.scope, bookingId);
    showAgain();
  },
});

export const saveNote = formAction({
  guard,
  schema: z.object({ bookingId, note: paragraphs(5000) }),
  async run({ bookingId, note }, { who, locale }) {
    const words = translator("bookings", locale);
    if (!(await savePrivateNote(who.scope, bookingId, note))) notFound();
    showAgain();
    return { status: "done", message: words("note.saved") };
  },
});

export const eraseData = buttonAction({
  guard,
  schema: z.object({ bookingId }),
  async run({ bookingId }, { who, locale }) {
    const placeholder = translator("bookings", locale)("erase.placeholder");
    await eraseVisitor({ bookingId, scope: who.scope, placeholder });
    showAgain();
  },
});

export const organizerIsLate = buttonAction({
  guard,
  schema: z.object({ bookingId, minutes: z.coerce.number().pipe(z.literal([...lateChoices])) }),
  async run({ bookingId, minutes }, { who }) {
    const own = await getOwnBooking(who.scope, bookingId);
    if (own) await sendLateNotice({ bookingId: own.id, by: "organizer", minutes });
    showAgain();
  },
});

export const noteNoShow = buttonAction({
  guard,
  schema: z.object({ bookingId, noShow: z.enum(["true", "false"]) }),
  async run({ bookingId, noShow }, { who }) {
    await setNoShow({ bookingId, scope: who.scope, noShow: noShow === "true" });
    showAgain();
  },
});
