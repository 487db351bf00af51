/** What someone who proved who they are elsewhere is here: an organizer, a newcomer who may open an account, or neither. */
import { endAllSessions } from "@/lib/accounts/change-password";
import { createOrganizer } from "@/lib/accounts/create-organizer";
import { isInvitationOpen, redeemInvitation } from "@/lib/accounts/invitations";
import { lockAccounts } from "@/lib/accounts/lock";
import { isLastAdmin } from "@/lib/accounts/users";
import { record } from "@/lib/audit/record";
import type { Session } from "@/lib/auth/session";
import { env } from "@/lib/config/env";
import { db, type Tx } from "@/lib/database/client";
import type { Locale } from "@/lib/i18n/languages";
import { isTenantOfDomains } from "@/lib/identities/microsoft";
import type { ProvenPerson } from "@/lib/identities/person";
import { err, ok, type Result } from "@/lib/result";

export type Unadmitted =
  /** The address has an account, which this person has not been linked to. */
  | "known_address"
  | "email_unverified"
  | "no_email"
  | "sign_up_closed"
  | "invitation_invalid"
  | "setup_token_needed"
  /** The organization's administrator gave this person no role here. */
  | "no_role"
  | "account_disabled";

export interface Newcomer {
  /** The token of an invitation that they came with; empty without. */
  invitation: string;
  /** IANA zone of their browser. */
  timeZone: string;
  /** The language they read in. */
  locale: Locale;
}

const roles = { admin: "Bellhop.Admin", organizer: "Bellhop.Organizer" } as const;

/**
 * Signs a known person in; opens an account for a newcomer where SIGN_UP, an invitation or the domain of their organization lets them.
 * Throws `ProviderError` when Microsoft does not say whose a domain is.
 */
export async function admit(
  person: ProvenPerson,
  newcomer: Newcomer,
): Promise<Result<Session & { isNew: boolean }, { code: Unadmitted }>> {
  const role = roleOf(person);
  if (role === "none") return err("no_role");
  const isOfDomain = await isOfSignUpDomain(person);
  return db().$transaction(async (tx) => {
    await lockAccounts(tx);
    const known = await findAccount(tx, person);
    if (!known) return openAccount(tx, person, { ...newcomer, isOfDomain, role });
    if (known.disabledAt) return err("account_disabled");
    await noteUse(tx, person);
    const renewed = role ? await keepRole(tx, known.id, role) : null;
    const details = { with: person.provider };
    await record(tx, { action: "sign_in.succeeded", accountId: known.id, byHolder: true, details });
    return ok({ userId: known.id, sessionEpoch: known.sessionEpoch, ...renewed, isNew: false });
  });
}

function roleOf({ provider, roles: given }: ProvenPerson): "admin" | "organizer" | "none" | null {
  if (provider !== "microsoft" || !env().TEAMS_APP_ROLES) return null;
  if (given.includes(roles.admin)) return "admin";
  return given.includes(roles.organizer) ? "organizer" : "none";
}

/** By issuer and subject, and by nothing else. */
async function findAccount(tx: Tx, { issuer, subject }: ProvenPerson) {
  const found = await tx.identity.findUnique({
    where: { issuer_subject: { issuer, subject } },
    select: { user: { select: { id: true, sessionEpoch: true, disabledAt: true } } },
  });
  return found?.user ?? null;
}

async function noteUse(tx: Tx, { issuer, subject, email }: ProvenPerson): Promise<void> {
  await tx.identity.update({
    where: { issuer_subject: { issuer, subject } },
    data: { email, lastUsedAt: new Date() },
    select: { id: true },
  });
}

/**
 * The last admin stays one, whatever a token says. Another role ends the sessions of before; the answer is a new one, and null where nothing
 * has changed.
 */
async function keepRole(tx: Tx, userId: string, role: "admin" | "organizer"): Promise<Session | null> {
  if (role === "organizer" && (await isLastAdmin(tx, userId))) return null;
  const { count } = await tx.user.updateMany({ where: { id: userId, role: { not: role } }, data: { role } });
  if (count === 0) return null;
  const before = { role: role === "admin" ? "organizer" : "admin" };
  await record(tx, {
    action: "role.changed",
    accountId: userId,
    details: { with: "microsoft", before, after: { role } },
  });
  return endAllSessions(tx, userId);
}

/** A Microsoft account's domain is its tenant's; anyone else's is that of an address the provider has verified. */
async function isOfSignUpDomain(person: ProvenPerson): Promise<boolean> {
  const domains = env().SIGN_UP_DOMAINS ?? [];
  if (domains.length === 0) return false;
  if (person.provider === "microsoft")
    return person.tenantId !== null && isTenantOfDomains(person.tenantId, domains);
  const domain = person.email?.split("@").at(-1);
  return person.isEmailVerified === true && domain !== undefined && domains.includes(domain);
}

async function openAccount(
  tx: Tx,
  person: ProvenPerson,
  given: Newcomer & { isOfDomain: boolean; role: "admin" | "organizer" | null },
): Promise<Result<Session & { isNew: boolean }, { code: Unadmitted }>> {
  const { email } = person;
  if (!email) return err("no_email");
  const taken = await tx.user.findUnique({ where: { email }, select: { id: true } });
  if (taken) return err("known_address");
  const isVerified = person.provider === "microsoft" || person.isEmailVerified === true;
  if (!isVerified) return err("email_unverified");
  const isFirst = (await tx.user.findFirst({ select: { id: true } })) === null;
  const refusal = isFirst ? refuseFirst() : await refuseNewcomer(tx, given);
  if (refusal) return err(refusal);
  if (given.invitation) await redeemInvitation(tx, given.invitation);
  const created = await createOrganizer(tx, {
    email,
    name: (person.name ?? email.split("@")[0] ?? email).slice(0, 100),
    passwordHash: null,
    role: isFirst ? "admin" : (given.role ?? "organizer"),
    timeZone: given.timeZone,
    locale: given.locale,
    openedWith: person.provider,
  });
  const { provider, issuer, subject } = person;
  await tx.identity.create({ data: { userId: created.id, provider, issuer, subject, email } });
  return ok({ userId: created.id, sessionEpoch: created.sessionEpoch, isNew: true });
}

/** Whoever comes first is the admin: where a token is set, they have to show it, which only the form can ask for. */
function refuseFirst(): Unadmitted | null {
  return env().SETUP_TOKEN ? "setup_token_needed" : null;
}

async function refuseNewcomer(
  tx: Tx,
  { invitation, isOfDomain }: Newcomer & { isOfDomain: boolean },
): Promise<Unadmitted | null> {
  const mode = env().SIGN_UP;
  if (mode === "open" || isOfDomain) return null;
  if (mode === "closed") return "sign_up_closed";
  return (await isInvitationOpen(tx, invitation)) ? null : "invitation_invalid";
}
