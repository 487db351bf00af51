"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { cancelUpcoming, deleteAccount } from "@/lib/accounts/off-boarding";
import { requireAdmin, requireAdminOver } from "@/lib/auth/guards";
import { handOver } from "@/lib/booking/hand-over";
import { getOwnBooking } from "@/lib/booking-record/queries";
import { translator } from "@/lib/i18n/translator";
import { paragraphs } from "@/lib/input/text";
import { buttonAction, formActionFor } from "@/lib/reader/action";

/** What a ticked booking's field begins with. */
const chosen = "bookings.";

export const cancelChosen = formActionFor({
  guard: requireAdmin,
  schema: z.object({ bookingIds: z.array(z.uuid()).max(1000), message: paragraphs(1000).optional() }),
  read: (formData) => ({
    bookingIds: [...formData.keys()]
      .filter((name) => name.startsWith(chosen))
      .map((name) => name.slice(chosen.length)),
    message: formData.get("message") ?? undefined,
  }),
  async run(input, { id, locale }) {
    const words = translator("account", locale);
    if (input.bookingIds.length === 0) return { status: "refused", message: words("leaving.noneChosen") };
    const count = await cancelUpcoming(await requireAdminOver(id), input);
    revalidatePath(`/admin/users/${id}`);
    return { status: "done", message: words("leaving.cancelled", { count }) };
  },
});

export const handOverOf = buttonAction({
  guard: requireAdmin,
  schema: z.object({
    bookingId: z.uuid(),
    from: z.uuid(),
    // Empty: whoever's turn it is.
    to: z.union([z.uuid(), z.literal("")]).optional(),
    message: paragraphs(1000).optional(),
  }),
  async run({ bookingId, from, to, message }) {
    const own = await getOwnBooking(await requireAdminOver(from), bookingId);
    const given =
      own !== null &&
      (await handOver({ bookingId, by: "organizer", from, to: to || undefined, reason: message })).ok;
    revalidatePath(`/admin/users/${from}`);
    redirect(`/admin/users/${from}?handedOver=${given ? "yes" : "no"}`);
  },
});

export const deleteUser = buttonAction({
  guard: requireAdmin,
  schema: z.object({ id: z.uuid() }),
  async run({ id }) {
    const deleted = await deleteAccount(await requireAdminOver(id));
    if (deleted.ok) redirect("/admin/users?notice=deleted");
    revalidatePath(`/admin/users/${id}`);
  },
});
