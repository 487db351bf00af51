/** What an admin typed about the app registration, judged value by value without asking Microsoft. */
import { z } from "zod";
import {
  cloudNamed,
  isGuid,
  type MicrosoftCloud,
  microsoftClouds,
  scopesProblem,
  secretProblem,
  tenantProblem,
} from "@/lib/config/microsoft-values";
import { type Comparison, compareAddresses } from "@/lib/registration/compare-address";
import { judgeNextSecret, type NextSecret } from "@/lib/registration/next-secret";
import type { Registration, RegistrationValue, SavedRegistration } from "@/lib/registration/registration";
import { listScopes, missingScopes } from "@/lib/registration/scopes";
import type { SecretUse } from "@/lib/registration/secret-use";
import { daysUntil, tenantOf } from "@/lib/registration/setup-facts";

const text = z
  .string()
  .catch("")
  .transform((typed) => typed.trim());

/** The form as it was sent; nothing in it is refused here, so that everything typed can be shown again. */
export const setupInputSchema = z.object({
  clientId: text,
  clientSecret: text,
  nextSecret: text,
  /** Set where the saved second secret should go. */
  dropNext: text,
  expiresOn: text,
  redirectUri: text,
  tenantKind: z.enum(["single", "organizations", "common", "consumers"]).catch("single"),
  tenantId: text,
  scopes: text,
  cloud: text.transform((name): MicrosoftCloud => cloudNamed(name)),
});

export type SetupInput = z.output<typeof setupInputSchema>;

export type CheckedField = Exclude<RegistrationValue, "enabled">;

/** What a look at one value found; `code` names the words. */
export interface Finding {
  tone: "success" | "warning" | "danger";
  code: FindingCode;
  facts?: { days?: number; date?: string; names?: string; count?: number; detail?: string };
  /** It can't be kept like this. */
  stops?: true;
  comparison?: Comparison;
}

export type Findings = Partial<Record<CheckedField, Finding>>;

const good = (code: FindingCode, facts: Finding["facts"] = {}): Finding => ({ tone: "success", code, facts });
const mind = (code: FindingCode, facts: Finding["facts"] = {}): Finding => ({ tone: "warning", code, facts });
const wrong = (code: FindingCode, facts: Finding["facts"] = {}): Finding => ({
  tone: "danger",
  code,
  facts,
  stops: true,
});

/**
 * Looks at each value that is the form's to say; what the environment sets was checked at start, but a secret's last day
 * comes nearer all the same. `now` is epoch milliseconds; `saved` is the status of the second secret in force.
 */
export function checkInput(
  input: SetupInput,
  app: Registration,
  now: number,
  saved: NextSecret = judgeNextSecret(app.nextSecret, null),
): Findings {
  const needsSecret = app.certificates.length === 0 && app.tokenFile === null;
  const hasSecret = input.clientSecret !== "" || app.clientSecret !== null;
  const kept = input.dropNext ? "none" : saved;
  const isFromEnvironment = (name: CheckedField) => app.origins[name] === "environment";
  const all: Record<CheckedField, Finding | null> = {
    clientId: checkClientId(input),
    clientSecret:
      checkSecret(input.clientSecret, app.clientSecret !== null) ??
      (needsSecret ? mind("secretMissing") : null),
    nextSecret: checkNextSecret(input, app),
    expiresOn:
      hasSecret || needsSecret
        ? checkExpiry(
            isFromEnvironment("expiresOn") ? (app.expiresOn ?? "") : input.expiresOn,
            now,
            input.nextSecret ? judgeNextSecret(input.nextSecret, null) : kept,
          )
        : null,
    redirectUri: checkRedirectUri(input.redirectUri, app),
    tenant: checkTenant(input),
    scopes: checkScopes(input.scopes),
    cloud: null,
  };
  const fields = Object.entries(all).filter(
    ([name, finding]) => finding && (name === "expiresOn" || !isFromEnvironment(name as CheckedField)),
  );
  return Object.fromEntries(fields);
}

function checkClientId({ clientId, tenantId, tenantKind }: SetupInput): Finding {
  if (!clientId) return mind("clientIdMissing");
  if (!isGuid(clientId)) return wrong("clientIdForm");
  if (tenantKind === "single" && clientId.toLowerCase() === tenantId.toLowerCase())
    return wrong("clientIdIsTenant");
  return good("clientIdForm_ok");
}

function checkSecret(secret: string, hasSaved: boolean): Finding | null {
  if (!secret) return hasSaved ? good("secretKept") : null;
  if (isGuid(secret)) return wrong("secretIsId");
  return secretProblem(secret) ? wrong("secretHasSpace") : good("secretForm_ok");
}

function checkNextSecret(
  { nextSecret, clientSecret, dropNext }: SetupInput,
  app: Registration,
): Finding | null {
  if (dropNext && !nextSecret) return app.nextSecret ? mind("nextDropped") : null;
  if (nextSecret && nextSecret === (clientSecret || app.clientSecret)) return wrong("nextIsFirst");
  if (!nextSecret && app.nextSecret && secretProblem(app.nextSecret))
    return checkSecret(app.nextSecret, true);
  return checkSecret(nextSecret, app.nextSecret !== null);
}

/** From here on a secret's end is spoken of. */
const warnDays = 60;

/** What the second secret means for the first one's end. */
const endings = {
  none: "expiresSoon",
  refused: "expiresRefused",
  taken: "expiresCovered",
  untried: "expiresUntried",
} as const satisfies Record<NextSecret, FindingCode>;

function checkExpiry(date: string, now: number, next: NextSecret): Finding {
  if (!date) return mind("expiryMissing");
  if (!z.iso.date().safeParse(date).success) return wrong("expiryForm");
  const days = daysUntil(date, now);
  if (days < 0) return { tone: "danger", code: "expired", facts: { days: -days } };
  return days <= warnDays ? mind(endings[next], { days }) : good("expiresLater", { days });
}

/** Empty: nothing to compare, Bellhop's own address is sent. */
function checkRedirectUri(pasted: string, app: Registration): Finding | null {
  if (!pasted) return null;
  if (pasted === app.ownRedirectUri) return good("redirectSame");
  const comparison = compareAddresses(app.ownRedirectUri, pasted);
  const facts = { count: comparison.differences.length };
  const own = new URL(app.ownRedirectUri);
  const url = URL.canParse(pasted) ? new URL(pasted) : null;
  // Elsewhere than at this path no one takes the answer; another host may be this server's second name.
  const leadsHere = url?.protocol === own.protocol && pasted === `${url.origin}${own.pathname}`;
  return leadsHere
    ? { ...mind("redirectElsewhere", facts), comparison }
    : { ...wrong("redirectDiffers", facts), comparison };
}

function checkTenant({ tenantKind, tenantId, cloud }: SetupInput): Finding {
  if (cloud !== "global" && (tenantKind === "common" || tenantKind === "consumers"))
    return wrong("tenantNoPersonal");
  if (tenantKind === "consumers") return mind("tenantConsumers");
  if (tenantKind !== "single") return mind("tenantMany");
  if (!tenantId) return wrong("tenantMissing");
  const isWord = ["common", "organizations", "consumers"].includes(tenantId.toLowerCase());
  return isWord || tenantProblem(tenantId) ? wrong("tenantForm") : good("tenantSingle");
}

const wanted = ["Calendars.ReadWrite", "OnlineMeetings.ReadWrite", "User.Read", "offline_access"];

/** Empty: the four that Bellhop needs. */
function checkScopes(typed: string): Finding {
  if (!typed) return good("scopesDefault");
  const problem = scopesProblem(typed);
  if (problem) return wrong(problem.includes(".default") ? "scopesMixed" : "scopesForm");
  if (listScopes(typed).includes(".default")) return mind("scopesDotDefault");
  const missing = missingScopes(wanted, typed);
  const readsOnly = missingScopes(["Calendars.Read"], typed).length === 0;
  if (missing.includes("Calendars.ReadWrite") && !readsOnly) return wrong("scopesNoCalendar");
  if (missing.includes("offline_access")) return wrong("scopesNoOffline");
  if (missing.includes("Calendars.ReadWrite")) return mind("scopesReadOnly");
  const extra = listScopes(typed).filter(
    (scope) => missingScopes([scope], [...wanted, ...identity].join(" ")).length,
  );
  if (missing.length > 0) return mind("scopesMissing", { names: missing.join(", ") });
  return extra.length > 0 ? mind("scopesExtra", { names: extra.join(", ") }) : good("scopesAll");
}

const identity = ["openid", "profile", "email"];

const weight = { success: 0, warning: 1, danger: 2 };

/** What the values alone show combined with what Microsoft says: of two findings the graver, of equal ones Microsoft's. */
export function joinFindings(own: Findings, microsofts: Findings, { origins }: Registration): Findings {
  const joined = { ...own };
  for (const [name, finding] of Object.entries(microsofts)) {
    const field = name as CheckedField;
    const mine = own[field];
    const isGraver = !mine || weight[finding.tone] >= weight[mine.tone];
    if (isGraver || origins[field] === "environment") joined[field] = finding;
  }
  const { expiresOn } = joined;
  const ending = endingOf(microsofts.nextSecret);
  const isNear = Object.values(endings).some((code) => code === expiresOn?.code);
  if (expiresOn && isNear && ending) joined.expiresOn = { ...expiresOn, code: ending };
  return joined;
}

/** What Microsoft has just said of the second secret means for the first one's end; null where it proves nothing. */
function endingOf(finding: Finding | undefined): FindingCode | null {
  if (finding?.tone === "danger") return endings.refused;
  return finding?.code === "secretTaken" ? endings.taken : null;
}

/** How a saved secret fared last; null for one that was never tried. `format` puts an instant into words. */
export function recallSecret(use: SecretUse | null, format: (at: Date) => string): Finding | null {
  if (!use?.takenAt && !use?.refusedAt) return null;
  const { takenAt, refusedAt, refusal } = use;
  if (takenAt && (!refusedAt || takenAt >= refusedAt))
    return good("secretTookLast", { date: format(takenAt) });
  const date = refusedAt ? format(refusedAt) : "";
  return { tone: "danger", code: "secretRefusedLast", facts: { date, detail: refusal ?? "" } };
}

/** The form's fields before anyone types, without the secrets. */
export function savedValues(app: Registration): Record<string, string> {
  const { kind, value } = tenantOf(app.tenant);
  const isOwn = (name: RegistrationValue) => app.origins[name] === "saved";
  return {
    clientId: app.clientId ?? "",
    expiresOn: app.expiresOn ?? "",
    redirectUri: isOwn("redirectUri") ? app.redirectUri : "",
    // A new set-up gets the recommendation; a later one shows what is in force.
    tenantKind: app.clientId ? kind : "single",
    tenantId: kind === "single" ? value : "",
    scopes: app.scopes,
    cloud: app.cloud ?? "global",
    dropNext: "",
  };
}

/** The tenant that the two fields mean. */
function tenantTyped({ tenantKind, tenantId }: SetupInput): string {
  return tenantKind === "single" ? tenantId : tenantKind;
}

/** The values to save: those that are not the environment's, and of the secrets only what was typed. */
export function toSave(input: SetupInput, app: Registration): SavedRegistration {
  const { origins, ownRedirectUri } = app;
  const own = (name: RegistrationValue) => origins[name] !== "environment";
  const { clientId, clientSecret, nextSecret, dropNext, expiresOn, redirectUri, scopes, cloud } = input;
  const isOwnAddress = redirectUri === "" || redirectUri === ownRedirectUri;
  const named = scopes.split(/\s+/).filter(Boolean).join(" ");
  const keepsDefault = origins.scopes === "default" && named === app.scopes;
  return {
    ...(own("clientId") && { clientId: clientId || null }),
    ...(own("clientSecret") && clientSecret && { clientSecret }),
    ...(own("nextSecret") && nextSecret && { nextSecret }),
    ...(own("nextSecret") && dropNext && !nextSecret && { nextSecret: null }),
    ...(own("expiresOn") && { expiresOn: expiresOn || null }),
    ...(own("redirectUri") && { redirectUri: isOwnAddress ? null : redirectUri }),
    ...(own("tenant") && { tenant: tenantTyped(input) || null }),
    ...(own("scopes") && { scopes: keepsDefault ? null : named || null }),
    ...(own("cloud") && { cloud }),
  };
}

/** The registration as it would be with what was typed: what to try at Microsoft before anything is saved. */
export function asTyped(input: SetupInput, app: Registration): Registration {
  const typed = toSave(input, app);
  return {
    ...app,
    clientId: typed.clientId ?? app.clientId,
    clientSecret: typed.clientSecret ?? app.clientSecret,
    nextSecret: typed.nextSecret === undefined ? app.nextSecret : typed.nextSecret,
    redirectUri:
      typed.redirectUri === undefined ? app.redirectUri : (typed.redirectUri ?? app.ownRedirectUri),
    tenant: typed.tenant ?? app.tenant,
    scopes: typed.scopes ?? app.scopes,
    ...(typed.cloud ? { cloud: typed.cloud, ...microsoftClouds[typed.cloud] } : {}),
  };
}

const findingCodes = [
  "clientIdMissing",
  "clientIdForm",
  "clientIdForm_ok",
  "clientIdIsTenant",
  "clientIdKnown",
  "clientIdUnknown",
  "secretMissing",
  "secretIsId",
  "secretHasSpace",
  "secretForm_ok",
  "secretKept",
  "secretTaken",
  "secretNotRefused",
  "secretWrong",
  "secretExpired",
  "secretRefused",
  "secretTookLast",
  "secretRefusedLast",
  "nextIsFirst",
  "nextDropped",
  "expiryMissing",
  "expiryForm",
  "expired",
  "expiresSoon",
  "expiresCovered",
  "expiresUntried",
  "expiresRefused",
  "expiresLater",
  "redirectSame",
  "redirectElsewhere",
  "redirectDiffers",
  "tenantMissing",
  "tenantForm",
  "tenantSingle",
  "tenantMany",
  "tenantConsumers",
  "tenantNoPersonal",
  "tenantKnown",
  "tenantUnknown",
  "scopesDefault",
  "scopesMixed",
  "scopesForm",
  "scopesDotDefault",
  "scopesNoCalendar",
  "scopesReadOnly",
  "scopesNoOffline",
  "scopesMissing",
  "scopesExtra",
  "scopesAll",
  "unavailable",
  "otherAnswer",
] as const;

export type FindingCode = (typeof findingCodes)[number];
