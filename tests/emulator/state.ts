import type {
  Location,
  OnlineMeeting,
  PatternedRecurrence,
  ResponseType,
} from "@microsoft/microsoft-graph-types";
import type { JWK } from "jose";
import { z } from "zod";

/** Everything that outlives a restart. Plain JSON throughout, so saving it is one JSON.stringify. */
export interface EmulatorState {
  version: 1;
  signingKeys: { work: JWK; personal: JWK };
  apps: Record<string, App>;
  tenants: Record<string, Tenant>;
  accounts: Record<string, Account>;
  mailboxes: Record<string, Mailbox>;
  consents: Consent[];
  codes: Record<string, AuthorizationCode>;
  refreshTokens: Record<string, RefreshToken>;
  accessTokens: Record<string, AccessToken>;
  sessions: Record<string, BrowserSession>;
  subscriptions: Record<string, StoredSubscription>;
  settings: Settings;
}

export const settingsSchema = z.strictObject({
  latencyMs: z.number().min(0).describe("how long each Graph call takes at least"),
  linkOrigin: z.enum(["own", "microsoft"]).describe("host of nextLink and deltaLink"),
  personalOnlineMeetingsScope: z.enum(["ignored", "invalid_scope"]),
  adminApprovalReturn: z.enum(["AADSTS65004", "cancel", "AADSTS90094"]),
  deltaNamesRemovedOccurrences: z.boolean(),
  deltaMasters: z
    .enum(["first", "last", "never"])
    .describe("where a round of delta shows the masters of series, beside their occurrences"),
  deltaRepeats: z.boolean().describe("a round of delta shows each entry twice, the second time at its end"),
  deletedItemsReadable: z.boolean().describe("a deleted event still answers to its immutable id"),
  lostDeltaToken: z
    .enum(["410 syncStateNotFound", "410 resyncRequired", "400 syncStateNotFound", "400 SyncStateInvalid"])
    .describe("how a delta token that is no longer known is refused"),
  notificationDelayMs: z.number().min(0),
  notificationRetryMs: z.number().min(1).describe("first wait before a redelivery; doubles each time"),
  exchangeGrants: z
    .enum(["add", "narrow"])
    .describe("whether a management scope adds to what was consented to in Entra, or narrows it"),
  artifactConsent: z
    .enum(["user", "admin"])
    .describe("who may consent to OnlineMeetingArtifact.Read.All: sources differ"),
  unsharedAnswer: z
    .enum(["403 ErrorAccessDenied", "404 ErrorItemNotFound"])
    .describe("how the calendar of someone who has not shared it is refused"),
  sharedListScope: z
    .enum(["needed", "not_needed"])
    .describe("whether a calendar of someone else in one's own list needs a permission for shared calendars"),
  accessTokenSeconds: z.number().int().positive().nullable().describe("null: random, 60 to 90 minutes"),
});
export type Settings = z.infer<typeof settingsSchema>;

export interface AppSecret {
  value: string;
  expiresAt: number | null;
}

/** What an administrator uploaded: the public part alone. */
export interface AppCertificate {
  pem: string;
}

/** Whose tokens count as the app's own credential: all three are compared exactly. */
export interface FederatedIdentity {
  issuer: string;
  subject: string;
  audience: string;
  /** The issuer's key, which Entra reads from the issuer's own description. */
  publicKeyPem: string;
}

/** What an administrator gave the app itself, without any person. */
export interface ApplicationAccess {
  /** Application permissions consented to in Entra, for the whole tenant. */
  permissions: string[];
  /** Addresses in the management scope of Exchange's RBAC for Applications; null: there is no such assignment. */
  mailboxes: string[] | null;
  /** Addresses with the Teams application access policy. */
  teamsPolicy: string[];
}

export interface App {
  clientId: string;
  name: string;
  secrets: AppSecret[];
  certificates?: AppCertificate[];
  federatedIdentities?: FederatedIdentity[];
  application?: ApplicationAccess;
  redirectUris: string[];
  permissions: string[];
  audience: "all" | "work" | "single-tenant";
  homeTenantId: string;
}

export interface Tenant {
  id: string;
  name: string;
  domain: string;
  userConsent: "allowed" | "admin_only";
  /** Values the tenant's meeting policy forces, whatever a PATCH of the online meeting asks for. */
  meetingOptionOverrides: Record<string, unknown>;
  /** Properties of an online meeting that a PATCH is refused for, as without a licence. */
  meetingOptionRefusals: string[];
}

export interface Account {
  id: string;
  tenantId: string;
  email: string;
  name: string;
  password: string;
  kind: "work" | "personal";
  isAdmin: boolean;
  hasTeams: boolean;
  hasMailbox: boolean;
  /** The picture in its profile, in base64. */
  photo?: string;
  isListed: boolean;
  /** Roles in the app that an administrator assigned; the id_token names them. */
  appRoles?: string[];
  status: "active" | "disabled" | "deleted";
  timeZone: string;
  /** How many reads of a new event pass before its join link appears. */
  joinUrlAfterReads: number;
  /** When they work, in the mailbox's zone; left out: Monday to Friday, 09:00 to 17:00. */
  workHours?: WorkHours[];
  /** The language and the automatic replies of the mailbox; left out: English, and none. */
  mailboxSettings?: {
    locale?: string | undefined;
    automaticReplies?: { from: string; to: string } | "always" | undefined;
  };
  /** What Teams shows of them; left out: Available. */
  presence?: string;
  /** A room or a piece of equipment: its mailbox answers invitations by itself. */
  resource?: Resource | null;
  /** Who else may open its own calendar. A shared mailbox has this alone, and nobody signs in to it. */
  sharedWith?: Share[];
  /** While the mailbox is being moved: what every call about it is answered with. */
  movingAnswer?: { status: number; code: string } | null;
  sessionsRevokedAt: number;
  refreshTokensExpiredAt: number;
}

export const shareSchema = z.strictObject({
  with: z.email(),
  role: z.enum(["read", "write"]).default("write"),
  isListed: z
    .boolean()
    .default(false)
    .describe("the person has accepted it, so that it is in their own list"),
});
export type Share = z.infer<typeof shareSchema>;

const timeOfDay = z.string().regex(/^\d\d:\d\d$/);
export const workHoursSchema = z.strictObject({
  days: z.array(z.number().int().min(1).max(7)).describe("1 is Monday"),
  start: timeOfDay,
  end: timeOfDay,
  place: z.enum(["unspecified", "office", "remote", "timeOff"]).default("office"),
  from: z.iso.date().optional().describe("first and last date they hold on"),
  to: z.iso.date().optional(),
});
export type WorkHours = z.infer<typeof workHoursSchema>;

export const resourceSchema = z.strictObject({
  kind: z.enum(["room", "equipment"]).default("room"),
  capacity: z.number().int().positive().nullable().default(null),
  building: z.string().nullable().default(null),
  features: z.array(z.string()).default([]).describe("devices and tags"),
  answers: z
    .enum(["by_calendar", "approval", "never", "declines"])
    .default("by_calendar")
    .describe("accepts what is free; tentatively, until a person approves; not at all; declines everything"),
});
export type Resource = z.infer<typeof resourceSchema>;

/** `accountId` null: given by an administrator for the whole tenant. */
export interface Consent {
  clientId: string;
  tenantId: string;
  accountId: string | null;
  scopes: string[];
}

export interface AuthorizationCode {
  code: string;
  clientId: string;
  accountId: string;
  tenantSegment: string;
  redirectUri: string;
  scopes: string[];
  challenge: { value: string; method: "S256" | "plain" } | null;
  nonce: string | null;
  issuedAt: number;
  redeemed: boolean;
}

export interface RefreshToken {
  token: string;
  clientId: string;
  accountId: string;
  scopes: string[];
  issuedAt: number;
}

export interface AccessToken {
  token: string;
  clientId: string;
  accountId: string;
  scopes: string[];
  issuedAt: number;
  expiresAt: number;
  continuous: boolean;
  /** The token is the app's own, for this tenant; `accountId` is empty. */
  tenantId?: string;
}

export interface BrowserSession {
  accountIds: string[];
}

export interface StoredAttendee {
  address: string;
  name: string;
  type: "required" | "optional" | "resource";
  response: ResponseType;
  respondedAt: number | null;
  proposedNewTime: { startAt: number; endAt: number } | null;
}

export interface StoredTeamsMeeting {
  meetingId: string;
  joinUrl: string;
  conferenceId: string;
  /** Reads still to pass before the link is shown. */
  hiddenReads: number;
}

export interface EventTime {
  /** Wall clock `YYYY-MM-DDTHH:mm:ss` in `timeZone`. */
  wall: string;
  /** The name as sent: Windows or IANA. */
  timeZone: string;
}

export interface StoredEvent {
  key: string;
  type: "singleInstance" | "seriesMaster" | "exception";
  /** For an exception: its series and the wall-clock start it replaces. */
  exceptionOf: { seriesKey: string; originalWall: string } | null;
  folder: "calendar" | "deleted";
  /** The key of another calendar than the account's own. */
  calendarKey?: string;
  changeKey: string;
  /** The mailbox's change number at the last write. */
  changeNumber: number;
  createdAt: number;
  modifiedAt: number;
  iCalUId: string;
  subject: string;
  bodyHtml: string;
  start: EventTime;
  end: EventTime;
  isAllDay: boolean;
  isCancelled: boolean;
  showAs: "free" | "tentative" | "busy" | "oof" | "workingElsewhere" | "unknown";
  importance: "low" | "normal" | "high";
  sensitivity: "normal" | "personal" | "private" | "confidential";
  isReminderOn: boolean;
  reminderMinutesBeforeStart: number;
  categories: string[];
  location: Location;
  allowNewTimeProposals: boolean;
  responseRequested: boolean;
  hideAttendees: boolean;
  attendees: StoredAttendee[];
  /** Null: the mailbox owner organizes. */
  foreignOrganizer: { address: string; name: string } | null;
  ownResponse: { response: ResponseType; at: number } | null;
  teams: StoredTeamsMeeting | null;
  transactionId: string | null;
  extendedProperties: Record<string, string>;
  recurrence: PatternedRecurrence | null;
  /** Wall-clock starts of deleted occurrences of a series. */
  deletedOccurrences: string[];
}

/** A message Exchange would have mailed to one person. */
export interface SentInvitation {
  kind: "invitation" | "update" | "cancellation";
  to: string;
  subject: string;
  comment: string | null;
  iCalUId: string;
  eventKey: string;
  startAt: number;
  endAt: number;
  joinUrl: string | null;
  at: number;
}

export const attendanceReportSchema = z.strictObject({
  people: z.array(
    z.strictObject({
      name: z.string().default("Someone"),
      email: z.email().nullable().default(null).describe("null: a guest who did not sign in"),
      accountId: z.string().nullable().default(null),
      role: z.enum(["Organizer", "Presenter", "Attendee", "None"]).default("Attendee"),
      stays: z.array(z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime() })).min(1),
    }),
  ),
});

/** Who was in a meeting between its first arrival and its last departure. */
export type AttendanceReport = z.output<typeof attendanceReportSchema> & { id: string };

/** What a delta token holds: the window and the instances its holder already knows. */
export interface DeltaRound {
  id: string;
  calendarKey: string | null;
  startAt: number;
  endAt: number;
  pageSize: number;
  known: Record<string, string>;
  pending: string[];
}

/** A calendar beside the account's own. */
export interface StoredCalendar {
  key: string;
  name: string;
  hexColor: string;
  canEdit: boolean;
  hasTeams: boolean;
}

export interface Mailbox {
  calendars?: StoredCalendar[];
  changeNumber: number;
  events: Record<string, StoredEvent>;
  transactions: Record<string, { eventKey: string; fingerprint: string }>;
  onlineMeetings: Record<string, OnlineMeeting>;
  /** By the id of the online meeting, oldest first. */
  attendance?: Record<string, AttendanceReport[]>;
  sentInvitations: SentInvitation[];
  deltaRounds: DeltaRound[];
  /** Kinds of id that came in paths, and kinds that answers were asked to carry. Mixing them is the app's mistake. */
  idKindsUsed: { mutable: number; immutable: number };
  idKindsAsked: { mutable: number; immutable: number };
}

export interface StoredSubscription {
  id: string;
  clientId: string;
  accountId: string;
  changeTypes: string[];
  resource: string;
  notificationUrl: string;
  lifecycleNotificationUrl: string | null;
  clientState: string | null;
  expiresAt: number;
  usesImmutableIds: boolean;
  /** Made with a token of the app's own. */
  isApplication?: boolean;
  /** Set by `reauthorizationRequired`: nothing is delivered until the app reauthorizes or renews. */
  isPaused: boolean;
}

export function newMailbox(): Mailbox {
  return {
    changeNumber: 0,
    events: {},
    transactions: {},
    onlineMeetings: {},
    sentInvitations: [],
    deltaRounds: [],
    idKindsUsed: { mutable: 0, immutable: 0 },
    idKindsAsked: { mutable: 0, immutable: 0 },
  };
}
