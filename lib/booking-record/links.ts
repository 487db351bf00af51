import { hashCapability, newCapability } from "@/lib/auth/capability";
import { env } from "@/lib/config/env";
import { seal, unseal } from "@/lib/encryption/cipher";

/** Which of a booking's two links: the visitor's own page, or the join page that guests and calendars carry. */
type LinkKind = "manage" | "join";

const purposes = { manage: "Booking.Token.v1", join: "Booking.JoinToken.v1" } as const;

export interface NewLink {
  token: string;
  hash: Uint8Array<ArrayBuffer>;
  sealed: string;
}

/** A new capability for a booking: the token itself, its hash for lookup, and its sealed form for later emails. */
export function newLink(kind: LinkKind, bookingId: string): NewLink {
  const token = newCapability();
  return {
    token,
    hash: hashCapability(token),
    sealed: seal(token, { purpose: purposes[kind], row: bookingId }),
  };
}

/** The token of a stored link. Throws `CipherError` for a row that was tampered with. */
export function openLink(kind: LinkKind, bookingId: string, sealed: string): string {
  return unseal(sealed, { purpose: purposes[kind], row: bookingId });
}

/** The sealed columns of a booking with the purpose and row that each is bound to, for re-encryption. */
export const sealedBookingColumns = { tokenSealed: purposes.manage, joinTokenSealed: purposes.join };

export function manageUrl(token: string): string {
  return `${env().APP_URL}/booking/${token}`;
}

export function joinPageUrl(token: string): string {
  return `${env().APP_URL}/j/${token}`;
}
