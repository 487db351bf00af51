/** Accounts as an organization's directory sees and changes them. */
import { storeEmail } from "@/lib/accounts/change-email";
import { createOrganizer } from "@/lib/accounts/create-organizer";
import { lockAccounts } from "@/lib/accounts/lock";
import { email as emailSchema, name as nameSchema } from "@/lib/accounts/schema";
import { disableUserIn, enableUserIn } from "@/lib/accounts/users";
import { record } from "@/lib/audit/record";
import { db, type Tx } from "@/lib/database/client";
import type { Prisma } from "@/lib/database/generated/client";
import { defaultLocale } from "@/lib/i18n/languages";
import { linkProvisioned } from "@/lib/identities/provisioned";
import { isId } from "@/lib/input/id";
import { err, ok, type Result } from "@/lib/result";
import type { ScimChange } from "@/lib/scim/attributes";
import type { ScimFilter } from "@/lib/scim/filter";
import { canonicalTimeZone } from "@/lib/slot-engine/zone-clock";

const shown = {
  id: true,
  email: true,
  name: true,
  disabledAt: true,
  createdAt: true,
  updatedAt: true,
  scim: true,
} satisfies Prisma.UserSelect;

export type ScimAccount = Prisma.UserGetPayload<{ select: typeof shown }>;

export type ScimRefusal =
  | { code: "not_found" }
  /** Another account has this user name, external ID or address. */
  | { code: "uniqueness" }
  /** What is needed isn't there, or can't be. */
  | { code: "invalid_value"; attribute: string }
  | { code: "last_admin" };

/** What the directory has deleted isn't there. */
const present = { OR: [{ scim: null }, { scim: { removedAt: null } }] } satisfies Prisma.UserWhereInput;

/** The accounts that a directory may see, oldest first: all of them, so that it finds those that were there before it. `startIndex` counts from 1. */
export async function listScimUsers(
  filter: ScimFilter | null,
  { startIndex, count }: { startIndex: number; count: number },
): Promise<{ total: number; accounts: ScimAccount[] }> {
  const where = { AND: [present, filter ? matching(filter) : {}] };
  const [total, accounts] = await Promise.all([
    db().user.count({ where }),
    count === 0
      ? []
      : db().user.findMany({
          where,
          select: shown,
          orderBy: { id: "asc" },
          skip: startIndex - 1,
          take: count,
        }),
  ]);
  return { total, accounts };
}

function matching({ by, value }: ScimFilter): Prisma.UserWhereInput {
  const key = value.toLowerCase();
  switch (by) {
    case "userName":
      // An account that the directory has said nothing of yet goes by its address.
      return { OR: [{ scim: { userNameKey: key } }, { scim: null, email: key }] };
    case "externalId":
      return { scim: { externalId: value } };
    case "email":
      return { email: key };
    case "id":
      return { id: isId(value) ? value : "00000000-0000-0000-0000-000000000000" };
  }
}

/** One account; null for one that isn't there, or was deleted by the directory. */
export async function getScimUser(id: string, tx: Tx = db()): Promise<ScimAccount | null> {
  return isId(id) ? tx.user.findFirst({ where: { id, ...present }, select: shown }) : null;
}

/** Creates an account, or takes up again one that the directory had deleted. */
export function createScimUser(given: ScimChange): Promise<Result<ScimAccount, ScimRefusal>> {
  return db().$transaction(async (tx) => {
    await lockAccounts(tx);
    const { userName } = given;
    if (!userName) return err("invalid_value", { attribute: "userName" });
    const email = emailSchema.safeParse(given.email ?? userName);
    if (!email.success) return err("invalid_value", { attribute: "emails" });
    const former = await tx.user.findFirst({
      where: { scim: { removedAt: { not: null } }, OR: [{ email: email.data }, ofName(userName)] },
      select: { id: true },
    });
    if (former) {
      const again = await change(tx, former.id, { ...given, active: given.active ?? true });
      if (!again.ok) return again;
      await tx.scimUser.update({ where: { userId: former.id }, data: { removedAt: null } });
      return found(tx, former.id);
    }
    if (await isTaken(tx, { email: email.data, userName, externalId: given.externalId }))
      return err("uniqueness");
    const { id } = await createOrganizer(tx, {
      email: email.data,
      name: nameOf(given) ?? email.data,
      passwordHash: null,
      role: "organizer",
      timeZone: canonicalTimeZone(given.timeZone ?? "") ?? "UTC",
      locale: defaultLocale,
    });
    await tx.scimUser.create({
      data: { userId: id, ...rowOf(given), userName, userNameKey: userName.toLowerCase() },
    });
    if (given.externalId) await linkProvisioned(tx, id, given.externalId);
    if (given.active === false) await disableUserIn(tx, id);
    return found(tx, id);
  });
}

/** Changes what is named, and leaves the rest. */
export function changeScimUser(id: string, given: ScimChange): Promise<Result<ScimAccount, ScimRefusal>> {
  return db().$transaction(async (tx) => {
    await lockAccounts(tx);
    return (await getScimUser(id, tx)) ? change(tx, id, given) : err("not_found");
  });
}

/** Replaces what the directory has said (RFC 7644, 3.5.1): what isn't named is taken away. */
export function replaceScimUser(id: string, given: ScimChange): Promise<Result<ScimAccount, ScimRefusal>> {
  const nothing = {
    externalId: null,
    displayName: null,
    formattedName: null,
    givenName: null,
    familyName: null,
  };
  if (!given.userName) return Promise.resolve(err("invalid_value", { attribute: "userName" }));
  return changeScimUser(id, { ...nothing, ...given, active: given.active ?? true });
}

/**
 * Deletes an account as far as the directory is concerned: it's disabled, and the directory doesn't find it any more (RFC 7644, 3.6). Its
 * bookings and data stay until an admin has exported and deleted it.
 */
export function removeScimUser(id: string): Promise<Result<null, ScimRefusal>> {
  return db().$transaction(async (tx) => {
    await lockAccounts(tx);
    const account = await getScimUser(id, tx);
    if (!account) return err("not_found");
    const disabled = await disableUserIn(tx, id);
    if (!disabled.ok) return disabled;
    const removedAt = new Date();
    const { email } = account;
    await tx.scimUser.upsert({
      where: { userId: id },
      create: { userId: id, userName: email, userNameKey: email, removedAt },
      update: { removedAt },
    });
    return ok(null);
  });
}

async function change(tx: Tx, id: string, given: ScimChange): Promise<Result<ScimAccount, ScimRefusal>> {
  const before = await tx.user.findUniqueOrThrow({ where: { id }, select: shown });
  const userName = given.userName ?? before.scim?.userName ?? before.email;
  const email = given.email ? emailSchema.safeParse(given.email) : null;
  if (email && !email.success) return err("invalid_value", { attribute: "emails" });
  const wanted = { email: email?.data, userName, externalId: given.externalId };
  if (await isTaken(tx, wanted, id)) return err("uniqueness");
  if (given.active === false) {
    const disabled = await disableUserIn(tx, id);
    if (!disabled.ok) return disabled;
  }
  if (given.active === true) await enableUserIn(tx, id);
  const row = { ...rowOf(given), userName, userNameKey: userName.toLowerCase() };
  const scim = await tx.scimUser.upsert({
    where: { userId: id },
    create: { userId: id, ...row },
    update: row,
  });
  const isNamed = ["displayName", "formattedName", "givenName", "familyName"].some((part) => part in given);
  const name = isNamed ? nameOf(scim) : null;
  if (name && name !== before.name) {
    await tx.user.update({ where: { id }, data: { name }, select: { id: true } });
    const details = { before: { name: before.name }, after: { name } };
    await record(tx, { action: "profile.changed", accountId: id, details });
  }
  if (email?.data && email.data !== before.email) await storeEmail(tx, id, email.data);
  return found(tx, id);
}

async function found(tx: Tx, id: string): Promise<Result<ScimAccount, never>> {
  return ok(await tx.user.findUniqueOrThrow({ where: { id }, select: shown }));
}

const ofName = (userName: string): Prisma.UserWhereInput => ({
  scim: { userNameKey: userName.toLowerCase() },
});

/** Whether another account has one of these. */
async function isTaken(
  tx: Tx,
  {
    email,
    userName,
    externalId,
  }: { email: string | undefined; userName: string; externalId: string | null | undefined },
  except?: string,
): Promise<boolean> {
  const other = await tx.user.findFirst({
    where: {
      ...(except ? { id: { not: except } } : {}),
      OR: [
        ofName(userName),
        ...(email ? [{ email }] : []),
        ...(externalId ? [{ scim: { externalId } }] : []),
      ],
    },
    select: { id: true },
  });
  return other !== null;
}

/** The columns for what is named. */
function rowOf({ externalId, displayName, formattedName, givenName, familyName }: ScimChange) {
  return Object.fromEntries(
    Object.entries({ externalId, displayName, formattedName, givenName, familyName }).filter(
      ([, value]) => value !== undefined,
    ),
  );
}

/** What someone is called here; null where nothing says it. */
function nameOf({ displayName, formattedName, givenName, familyName }: ScimChange): string | null {
  const joined = [givenName, familyName].filter(Boolean).join(" ");
  const name = nameSchema.safeParse((displayName ?? formattedName ?? joined).slice(0, 100));
  return name.success ? name.data : null;
}
