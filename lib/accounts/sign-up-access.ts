import { isInvitationOpen } from "@/lib/accounts/invitations";
import { env } from "@/lib/config/env";
import { db, type Tx } from "@/lib/database/client";

export type SignUpAccess =
  | { isOpen: true; asFirst: boolean }
  | { isOpen: false; code: "sign_up_closed" | "invitation_invalid" };

interface Newcomer {
  /** The token of an invitation, or its hash; empty: none. */
  invitation: string | Uint8Array<ArrayBuffer>;
  /** The address that they are going to confirm by mail. Left out: not known, or never to be confirmed. */
  email?: string;
}

/** True while no one has an account: anyone who signs up next becomes the platform admin. */
async function isFirstAccount(tx: Tx): Promise<boolean> {
  return (await tx.user.findFirst({ select: { id: true } })) === null;
}

/** Whether someone may open an account now. */
export async function findSignUpAccess(
  { invitation, email }: Newcomer,
  mode = env().SIGN_UP,
  tx: Tx = db(),
): Promise<SignUpAccess> {
  if (await isFirstAccount(tx)) return { isOpen: true, asFirst: true };
  if (email && isOfSignUpDomain(email)) return { isOpen: true, asFirst: false };
  if (mode === "closed") return { isOpen: false, code: "sign_up_closed" };
  if (mode === "invite" && !(await isInvitationOpen(tx, invitation))) {
    return { isOpen: false, code: "invitation_invalid" };
  }
  return { isOpen: true, asFirst: false };
}

/** The domains whose people may open an account by a password, because mail can show that the address is theirs; often none. */
export function signUpDomains(): readonly string[] {
  const { SMTP_URL, SIGN_UP_DOMAINS = [], SIGN_IN } = env();
  return SMTP_URL && SIGN_IN.includes("password") ? SIGN_UP_DOMAINS : [];
}

function isOfSignUpDomain(email: string): boolean {
  return signUpDomains().includes(email.split("@").at(-1) ?? "");
}
