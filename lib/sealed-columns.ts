/** Composition root of key rotation: the one file that lists every column with sealed values. */
import { sealedBookingColumns } from "@/lib/booking-record/links";
import { approvalPurpose } from "@/lib/connections/approval";
import { parkedPurpose } from "@/lib/connections/switch-account";
import { type Resealed, resealColumn, type SealedColumn } from "@/lib/encryption/reseal";
import { formerHolder, grantBinding } from "@/lib/grants/grant-store";
import { uploadPurpose } from "@/lib/imports/uploads";
import { mailPurpose } from "@/lib/outbox/outbox";
import { textPurpose } from "@/lib/outbox/text-outbox";
import { registrationBinding } from "@/lib/registration/registration";
import { networkPurpose } from "@/lib/shield/sealed-network";
import { webhookBodyPurpose } from "@/lib/webhooks/announce";
import { webhookSecretPurpose } from "@/lib/webhooks/webhooks";

const byId = { id: "uuid" } as const;

const ofConnection = (column: string, kind: "access" | "refresh"): SealedColumn => ({
  table: "MeetingProviderConnection",
  column,
  identity: { userId: "uuid", provider: "text" },
  bind: ({ userId = "", provider = "" }) => grantBinding({ userId, provider }, kind),
});

const ofFormer = (column: string, kind: "access" | "refresh"): SealedColumn => ({
  table: "FormerMailbox",
  column,
  identity: { userId: "uuid", provider: "text", tenantId: "text", accountId: "text" },
  bind: ({ userId = "", provider = "", tenantId = "", accountId = "" }) =>
    grantBinding(formerHolder({ userId, provider, tenantId, accountId }), kind),
});

const ofBooking = (column: keyof typeof sealedBookingColumns): SealedColumn => ({
  table: "Booking",
  column,
  identity: byId,
  bind: ({ id = "" }) => ({ purpose: sealedBookingColumns[column], row: id }),
});

const ofRegistration = (column: string, kind: "first" | "next"): SealedColumn => ({
  table: "ProviderRegistration",
  column,
  identity: { provider: "text" },
  bind: ({ provider = "" }) => registrationBinding(provider, kind),
});

export const sealedColumns: SealedColumn[] = [
  ofRegistration("clientSecretSealed", "first"),
  ofRegistration("nextSecretSealed", "next"),
  ofConnection("accessToken", "access"),
  ofConnection("refreshToken", "refresh"),
  ofFormer("accessToken", "access"),
  ofFormer("refreshToken", "refresh"),
  {
    table: "ParkedGrant",
    column: "grantSealed",
    identity: byId,
    bind: ({ id = "" }) => ({ purpose: parkedPurpose, row: id }),
  },
  ofBooking("tokenSealed"),
  ofBooking("joinTokenSealed"),
  {
    table: "Mail",
    column: "contentSealed",
    identity: byId,
    bind: ({ id = "" }) => ({ purpose: mailPurpose, row: id }),
  },
  {
    table: "AddressCheck",
    column: "networkSealed",
    identity: { bookingId: "uuid" },
    bind: ({ bookingId = "" }) => ({ purpose: networkPurpose, row: bookingId }),
  },
  {
    table: "Webhook",
    column: "secretSealed",
    identity: byId,
    bind: ({ id = "" }) => ({ purpose: webhookSecretPurpose, row: id }),
  },
  {
    table: "WebhookDelivery",
    column: "bodySealed",
    identity: byId,
    bind: ({ id = "" }) => ({ purpose: webhookBodyPurpose, row: id }),
  },
  {
    table: "TextMessage",
    column: "textSealed",
    identity: byId,
    bind: ({ id = "" }) => ({ purpose: textPurpose, row: id }),
  },
  {
    table: "OAuthHandshake",
    column: "verifierSealed",
    identity: byId,
    bind: ({ id = "" }) => ({ purpose: "OAuthHandshake.Verifier.v1", row: id }),
  },
  {
    table: "AdminApproval",
    column: "tokenSealed",
    identity: byId,
    bind: ({ id = "" }) => ({ purpose: approvalPurpose, row: id }),
  },
  {
    table: "ImportUpload",
    column: "contentSealed",
    identity: byId,
    bind: ({ id = "" }) => ({ purpose: uploadPurpose, row: id }),
  },
  {
    table: "IdempotencyRecord",
    column: "answerSealed",
    identity: { scope: "text", key: "text" },
    bind: ({ scope, key }) => ({ purpose: "Api.IdempotentAnswer.v1", row: JSON.stringify([scope, key]) }),
  },
];

/** Seals everything under the first key; after that the old ones can go. */
export async function resealAll(): Promise<Resealed & { columns: Record<string, Resealed> }> {
  const columns: Record<string, Resealed> = {};
  for (const sealed of sealedColumns) {
    columns[`${sealed.table}.${sealed.column}`] = await resealColumn(sealed);
  }
  const sum = (kind: keyof Resealed) => Object.values(columns).reduce((total, one) => total + one[kind], 0);
  return { resealed: sum("resealed"), unreadable: sum("unreadable"), columns };
}
