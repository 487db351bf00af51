/**
 * Managed mailboxes: organizers of an organization that lets this server open mailboxes by itself need not connect. Whose mailbox it is
 * says their sign-in with Microsoft (`tid` and `oid`), and never an address.
 */
import { env } from "@/lib/config/env";
import { log } from "@/lib/config/log";
import { storeConnection } from "@/lib/connections/store-connection";
import { storeFacts } from "@/lib/connections/verify";
import { db } from "@/lib/database/client";
import { type MeetingProviderConnection, Prisma } from "@/lib/database/generated/client";
import { requireReconnect } from "@/lib/grants/health";
import { mailboxOf } from "@/lib/grants/mailbox";
import type { TokenSet } from "@/lib/grants/tokens";
import { inParallel } from "@/lib/jobs/in-parallel";
import { ProviderError } from "@/lib/meetings/provider";
import { signInPort } from "@/lib/meetings/registry-sign-in";
import type { AccountFacts, Identity, ManagedStatus } from "@/lib/meetings/sign-in-port";
import { applicationScopes } from "@/lib/registration/scopes";

const provider = "teams";

/** Mailboxes that one worker tests at a time, and how many of them side by side. */
const batchSize = 200;
const atOnce = 4;

/** A permission that was taken away is noticed within this; one that was given may take Exchange two hours to apply. */
const minutesBetweenTests = 5;
/** Another worker leaves a mailbox alone for as long as its test may take. */
const leaseMinutes = 2;

/** The organizations whose mailboxes this server opens by itself; empty: none. */
export const managedTenants = (): readonly string[] => env().TEAMS_MANAGED_TENANTS ?? [];

interface Person {
  userId: string;
  tenantId: string;
  accountId: string;
}

/** Of every cloud: the tenant in an `iss` of the v2.0 endpoint. Rows of this provider come from checked tokens alone. */
const issuerPattern = "^https?://[^/]+/([0-9a-f-]{36})/v2\\.0$";

/** Whose test is due: it is theirs to make until `dueAt`. */
async function takeDue(tenants: readonly string[]): Promise<Person[]> {
  return db().$queryRaw`
    INSERT INTO "ManagedMailbox" ("userId", "tenantId", "accountId", status, "dueAt")
    SELECT "userId", "tenantId", "accountId", 'unavailable', now() + make_interval(mins => ${leaseMinutes})
    FROM (
      SELECT DISTINCT ON (i."userId") i."userId", substring(i.issuer from ${issuerPattern}::text) AS "tenantId",
             lower(i.subject) AS "accountId", m."dueAt"
      FROM "Identity" i JOIN "User" u ON u.id = i."userId" LEFT JOIN "ManagedMailbox" m ON m."userId" = i."userId"
      WHERE i.provider = 'microsoft' AND u."disabledAt" IS NULL AND (m."userId" IS NULL OR m."dueAt" <= now())
        AND substring(i.issuer from ${issuerPattern}::text) = ANY(${[...tenants]}::text[])
      -- Who signs in with several accounts keeps the mailbox that is theirs already.
      ORDER BY i."userId", (lower(i.subject) = m."accountId") IS TRUE DESC, i."lastUsedAt" DESC) due
    ORDER BY due."dueAt" NULLS FIRST, due."userId" LIMIT ${batchSize}
    ON CONFLICT ("userId") DO UPDATE
      SET "tenantId" = excluded."tenantId", "accountId" = excluded."accountId", "dueAt" = excluded."dueAt"
      WHERE "ManagedMailbox"."dueAt" <= now()
    RETURNING "userId"::text, "tenantId", "accountId"`;
}

/** Tests the mailboxes whose time has come, connects those that no one has connected, and ends what was taken back. */
export async function lookAfterManaged(): Promise<void> {
  const tenants = managedTenants();
  await endUnmanaged(tenants);
  if (tenants.length === 0) return;
  const open = keyring();
  await inParallel(await takeDue(tenants), atOnce, async (person) => {
    try {
      await lookAfter(person, open);
    } catch (error) {
      log().error({ error }, "A managed mailbox could not be looked after");
    }
  });
}

/**
 * Mailboxes that are not opened any more: the operator took their organization off the list, or the organizer doesn't sign in with that
 * account any more.
 */
async function endUnmanaged(tenants: readonly string[]): Promise<void> {
  const signsInTo = (mailbox: Prisma.Sql) => Prisma.sql`EXISTS (
    SELECT 1 FROM "Identity" i WHERE i."userId" = ${mailbox}."userId" AND i.provider = 'microsoft'
      AND substring(i.issuer from ${issuerPattern}::text) = ${mailbox}."tenantId" AND lower(i.subject) = ${mailbox}."accountId")`;
  const ended = await db().$queryRaw<{ id: string; userId: string; tokenVersion: number }[]>`
    SELECT c.id::text, c."userId"::text, c."tokenVersion" FROM "MeetingProviderConnection" c
    WHERE c.provider = ${provider} AND c.managed AND c.state <> 'reconnect_needed'
      AND NOT (c."tenantId" = ANY(${[...tenants]}::text[]) AND ${signsInTo(Prisma.sql`c`)})
    LIMIT ${batchSize}`;
  for (const connection of ended) await endManaged(connection, "not_managed");
  await db().$executeRaw`DELETE FROM "ManagedMailbox" m WHERE NOT ${signsInTo(Prisma.sql`m`)}`;
}

async function endManaged(
  { id, userId, tokenVersion }: { id: string; userId: string; tokenVersion: number },
  detail: string,
): Promise<void> {
  const end = { reason: "calendar_denied", detail };
  await requireReconnect({ userId, provider }, { id, tokenVersion }, end);
}

type Opened = Awaited<ReturnType<ReturnType<typeof signInPort>["openOrganization"]>>;

/** One token of this server's own per organization is enough for a round of tests. */
function keyring(): (tenantId: string) => Promise<Opened> {
  const held = new Map<string, Promise<Opened>>();
  return (tenantId) => {
    const opened = held.get(tenantId) ?? signInPort(provider).openOrganization(tenantId);
    held.set(tenantId, opened);
    return opened;
  };
}

/** Tests one mailbox, and does what follows from it. `takesOver`: also in place of a grant of the organizer's that works. */
async function lookAfter(
  person: Person,
  open: ReturnType<typeof keyring>,
  takesOver = false,
): Promise<ManagedStatus> {
  const tested = await test(person, open);
  await db().managedMailbox.updateMany({
    where: { userId: person.userId },
    data: {
      status: tested.status,
      detail: tested.detail,
      testedAt: new Date(),
      dueAt: new Date(Date.now() + minutesBetweenTests * 60_000),
    },
  });
  const { found } = tested;
  const connection = await db().meetingProviderConnection.findUnique({
    where: { userId_provider: { userId: person.userId, provider } },
  });
  if (connection?.managed && mailboxOf(connection) === mailboxOf(person)) {
    if (found) await storeFacts(connection, found.account);
    else if (tested.status === "refused") await endManaged(connection, tested.detail ?? "refused");
    return tested.status;
  }
  if (!found) return tested.status;
  const isOpen = tested.status !== "refused" && tested.status !== "no_mailbox";
  if (isOpen && (await mayTakeOver(person, connection, takesOver))) await connect(person, found);
  return tested.status;
}

interface Found {
  tokens: TokenSet;
  account: AccountFacts;
}

async function test(
  person: Person,
  open: ReturnType<typeof keyring>,
): Promise<{ status: ManagedStatus; detail: string | null; found: Found | null }> {
  try {
    const opened = await open(person.tenantId);
    if (!opened.ok) return { status: "refused", detail: opened.error.detail, found: null };
    const { status, account } = await signInPort(provider).testManaged(
      identityOf(person),
      opened.value.accessToken,
    );
    return { status, detail: null, found: { tokens: opened.value, account } };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { status: "unavailable", detail: error.details.vendorCode ?? error.code, found: null };
  }
}

const identityOf = ({ tenantId, accountId }: Person): Identity => ({
  tenantId,
  accountId,
  accountKind: "work",
  managed: true,
});

/** Where nothing is connected and no one has ended it, and where the organizer's own grant for the same mailbox has ended. */
async function mayTakeOver(
  person: Person,
  connection: MeetingProviderConnection | null,
  takesOver: boolean,
): Promise<boolean> {
  if (connection && mailboxOf(connection) !== mailboxOf(person)) return false;
  if (takesOver) return true;
  if (connection) return connection.state === "reconnect_needed";
  const { declinedAt } = (await db().managedMailbox.findUnique({ where: { userId: person.userId } })) ?? {};
  return !declinedAt;
}

async function connect(person: Person, { tokens, account }: Found): Promise<void> {
  await storeConnection(
    { userId: person.userId, provider },
    {
      tokens: { ...tokens, refreshToken: "none" },
      identity: identityOf(person),
      account,
      askedScopes: applicationScopes,
    },
  );
  await db().managedMailbox.updateMany({ where: { userId: person.userId }, data: { declinedAt: null } });
}

/** The mailbox of someone's sign-in with Microsoft as it was tested last; null where it isn't managed. */
export async function readManaged(userId: string) {
  if (managedTenants().length === 0) return null;
  const [mailbox, connection] = await Promise.all([
    db().managedMailbox.findUnique({ where: { userId } }),
    db().meetingProviderConnection.findUnique({ where: { userId_provider: { userId, provider } } }),
  ]);
  if (!mailbox || !managedTenants().includes(mailbox.tenantId)) return null;
  const isOther = connection !== null && mailboxOf(connection) !== mailboxOf(mailbox);
  return { ...mailbox, isInUse: connection?.managed === true && !isOther, isOther };
}

/** An admin has a mailbox tested now; `takesOver`: and opened this way instead of with the organizer's own grant. Null: it isn't managed. */
export async function tryManaged(userId: string, { takesOver = false } = {}): Promise<ManagedStatus | null> {
  const mailbox = await readManaged(userId);
  return mailbox ? lookAfter(mailbox, keyring(), takesOver) : null;
}
