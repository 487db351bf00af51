import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { sendSecretExpires } from "@/lib/connections/mails/secret-expires";
import { warnOfSecretExpiry } from "@/lib/connections/secret-expiry";
import { db } from "@/lib/database/client";
import { applicationTokens } from "@/lib/meetings/teams/entra";
import { probeRegistration } from "@/lib/meetings/teams/probe";
import { lastDayOf } from "@/lib/registration/credentials";
import { readNextCredential } from "@/lib/registration/next-secret";
import { enableRegistration, registration } from "@/lib/registration/registration";
import { readCertificateUses, readTeamsSetup } from "@/lib/registration/setup-facts";
import { CONTOSO_TENANT_ID, SEEDED_APP } from "@/tests/emulator/seed";
import { addOrganizer, connectAs, openStage, type Stage } from "@/tests/integration/teams/stage";
import { makeCertificate } from "@/tests/support/certificate";
import { readMailsTo } from "@/tests/support/mails";

const first = makeCertificate({ days: 45 });
const second = makeCertificate();
const tokenFile = path.join(mkdtempSync(path.join(tmpdir(), "bellhop-token-")), "token");
const issuer = generateKeyPairSync("rsa", { modulusLength: 2048 });
const trusted = {
  issuer: "https://cluster.example",
  subject: "system:serviceaccount:bellhop:bellhop",
  audience: "api://AzureADTokenExchange",
  publicKeyPem: issuer.publicKey.export({ type: "spki", format: "pem" }).toString(),
};

/** The platform replaces the file's token. */
async function writeToken(subject = trusted.subject): Promise<void> {
  const token = await new SignJWT()
    .setProtectedHeader({ alg: "RS256" })
    .setIssuer(trusted.issuer)
    .setSubject(subject)
    .setAudience(trusted.audience)
    .setExpirationTime("1h")
    .sign(issuer.privateKey);
  writeFileSync(tokenFile, `${token}\n`);
}

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({
    TEAMS_CLIENT_SECRET: "",
    TEAMS_CLIENT_CERTIFICATE: first.pem,
    TEAMS_CLIENT_CERTIFICATE_NEXT: second.pem,
    TEAMS_FEDERATED_TOKEN_FILE: tokenFile,
    TEAMS_TENANT_ID: CONTOSO_TENANT_ID,
    TEAMS_MANAGED_TENANTS: CONTOSO_TENANT_ID,
  });
  await enableRegistration(true);
});
afterAll(() => stage.close());
beforeEach(async () => {
  await writeToken("someone-else");
  await stage.control.resetCounters();
});

const knowOnly = (...certificates: string[]) =>
  stage.control.changeApp(SEEDED_APP.clientId, {
    secrets: [],
    certificates: certificates.map((pem) => ({ pem })),
    federatedIdentities: [],
  });

async function connectSomeone() {
  const { completion } = await connectAs(await addOrganizer(), { email: await stage.addPerson() });
  const tries = await stage.control.requests({ path: "/oauth2/v2.0/token" });
  return { completion, statuses: tries.map(({ status }) => status) };
}

it("connects with the certificate, and with the second once the first is taken away", async () => {
  await knowOnly(first.publicPart, second.publicPart);
  const { completion, statuses } = await connectSomeone();
  expect(completion).toMatchObject({ problem: null });
  expect(statuses).toEqual([401, 200]);
  await knowOnly(second.publicPart);
  const after = await connectSomeone();
  expect(after.completion).toMatchObject({ problem: null });
  const [, firstUse, secondUse] = await readCertificateUses();
  expect(firstUse).toMatchObject({
    takenAt: expect.any(Date),
    refusal: "invalid_client AADSTS700027",
  });
  expect(secondUse).toMatchObject({ takenAt: expect.any(Date), refusedAt: null });
});

it("blames the operator when both certificates are refused", async () => {
  await knowOnly();
  const { completion } = await connectSomeone();
  expect(completion).toMatchObject({ problem: { code: "misconfigured" } });
});

it("signs in with the token that the platform keeps in a file, as it stands there at that moment", async () => {
  await stage.control.changeApp(SEEDED_APP.clientId, {
    certificates: [],
    federatedIdentities: [trusted],
  });
  expect((await connectSomeone()).completion).toMatchObject({ problem: { code: "misconfigured" } });
  await writeToken();
  expect((await connectSomeone()).completion).toMatchObject({ problem: null });
});

it("opens managed mailboxes with a certificate or a token file alike, and blames the operator when both are refused", async () => {
  await knowOnly(second.publicPart);
  expect(await applicationTokens(CONTOSO_TENANT_ID)).toMatchObject({ ok: true });
  await stage.control.changeApp(SEEDED_APP.clientId, { certificates: [], federatedIdentities: [trusted] });
  await expect(applicationTokens(CONTOSO_TENANT_ID)).rejects.toMatchObject({ code: "misconfigured" });
  await writeToken();
  expect(await applicationTokens(CONTOSO_TENANT_ID)).toMatchObject({ ok: true });
});

it("is tried with Check, and shown with thumbprint and last day, and never with the key", async () => {
  await knowOnly(second.publicPart);
  const findings = await probeRegistration(await registration());
  expect(findings).toMatchObject({ tenant: { tone: "success" } });
  expect(findings.clientSecret).toBeUndefined();
  const facts = await readTeamsSetup(Date.now());
  expect(facts).toMatchObject({ missing: [], state: "ready" });
  expect(facts.certificates).toHaveLength(2);
  expect(facts.certificates[0]).toMatchObject({ daysLeft: expect.any(Number) });
  expect(JSON.stringify(facts)).not.toContain("PRIVATE KEY");
});

it("has its last day watched: with a token file nothing ends, without one the first certificate's day counts", async () => {
  const userId = await addOrganizer();
  const admin = await db().user.update({ where: { id: userId }, data: { role: "admin" } });
  await warnOfSecretExpiry(new Date());
  expect(await readMailsTo(admin.email)).toEqual([]);
  const app = { ...(await registration()), tokenFile: null };
  const last = lastDayOf({ ...app, expiresOn: "2040-01-01" });
  expect(last).toEqual({ kind: "certificate", expiresOn: app.certificates[0]?.expiresOn });
  expect(await readNextCredential(app)).toBe("taken");
  expect(await readNextCredential({ ...app, certificates: app.certificates.slice(0, 1) })).toBe("none");
  const facts = {
    kind: "certificate",
    expiresOn: "2027-03-01",
    days: 14,
    next: "none",
    isLast: false,
  } as const;
  await db().$transaction((tx) => sendSecretExpires(tx, admin, facts));
  const [mail] = await readMailsTo(admin.email);
  expect(mail?.subject).toBe("Bellhop's certificate expires in 14 days");
  expect(mail?.text).toContain("set it as TEAMS_CLIENT_CERTIFICATE_NEXT");
});
