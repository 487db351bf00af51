/** Everything of an account as one file, for whoever takes over, and for its holder. No password, key, token or link is in it. */
import { listDevices } from "@/lib/accounts/devices";
import { listAuditOf } from "@/lib/audit/queries";
import { record } from "@/lib/audit/record";
import { listApiKeys } from "@/lib/auth/api-keys";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { toOwnBooking } from "@/lib/booking-record/own-booking";
import { type BookingView, listBookings } from "@/lib/booking-record/queries";
import { listSavedFilters } from "@/lib/booking-record/saved-filters";
import { findOwnBrand } from "@/lib/brand/save";
import { listConnections } from "@/lib/connections/queries";
import { db } from "@/lib/database/client";
import { listEventTypes } from "@/lib/event-types/queries";
import { listSchedules } from "@/lib/schedules/queries";
import { listBlocks } from "@/lib/shield/blocks";
import { listWebhooks } from "@/lib/webhooks/webhooks";

const pageSize = 500;
const activityMax = 10_000;

/** The account as an object for JSON. That it was exported stands in the audit log. Throws where there is no such account. */
export async function exportAccount(scope: OwnerScope) {
  const { ownerId: id } = scope;
  const account = await db().user.findUniqueOrThrow({
    where: { id },
    select: {
      id: true,
      email: true,
      name: true,
      handle: true,
      role: true,
      locale: true,
      disabledAt: true,
      createdAt: true,
      identities: { select: { provider: true, issuer: true, subject: true, email: true, createdAt: true } },
    },
  });
  const { identities, ...facts } = account;
  const bookings = await listAllBookings(scope);
  const notes = await listNotes(scope);
  const exported = {
    format: "bellhop-account/1",
    exportedAt: new Date().toISOString(),
    account: facts,
    identities,
    brand: await exportBrand(scope),
    schedules: await listSchedules(scope),
    eventTypes: await listEventTypes(scope),
    bookings: bookings.map((booking) => ({
      ...toOwnBooking(booking),
      privateNote: notes.get(booking.id) ?? "",
    })),
    connections: await listConnections(scope),
    webhooks: await listWebhooks(scope),
    blocks: await listBlocks(scope),
    savedFilters: await listSavedFilters(scope),
    apiKeys: await listApiKeys(scope),
    devices: await listDevices(scope),
    activity: await listAuditOf(id, activityMax),
  };
  await record(db(), {
    action: "account.exported",
    accountId: id,
    details: { bookings: bookings.length },
  });
  return exported;
}

/** What was chosen, with the pictures themselves in base64; null where nothing was. */
async function exportBrand(scope: OwnerScope) {
  const brand = await findOwnBrand(scope);
  if (!brand) return null;
  const { id, pictures: _, ...texts } = brand;
  const pictures = await db().brandPicture.findMany({
    where: { brandId: id },
    select: { kind: true, mediaType: true, bytes: true },
    orderBy: { kind: "asc" },
  });
  return {
    ...texts,
    pictures: pictures.map(({ bytes, ...facts }) => ({
      ...facts,
      base64: Buffer.from(bytes).toString("base64"),
    })),
  };
}

async function listAllBookings(scope: OwnerScope): Promise<BookingView[]> {
  const all: BookingView[] = [];
  for (;;) {
    const last = all.at(-1);
    const after = last && { startsAt: last.startsAt, id: last.id };
    const page = await listBookings(scope, { after, take: pageSize });
    all.push(...page);
    if (page.length < pageSize) return all;
  }
}

async function listNotes({ ownerId }: OwnerScope): Promise<Map<string, string>> {
  const rows = await db().booking.findMany({
    where: { ownerId, privateNote: { not: "" } },
    select: { id: true, privateNote: true },
  });
  return new Map(rows.map(({ id, privateNote }) => [id, privateNote]));
}
