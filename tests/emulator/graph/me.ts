import type { User } from "@microsoft/microsoft-graph-types";
import { allCalendars, defaultCalendar } from "@/tests/emulator/graph/calendars";
import { GraphRefusal } from "@/tests/emulator/graph/errors";
import { select } from "@/tests/emulator/graph/query-options";
import { contextUrl, type GraphContext, type GraphReply, type Route } from "@/tests/emulator/graph/route";
import { sha256 } from "@/tests/emulator/ids";
import type { Account } from "@/tests/emulator/state";

const CALENDAR_READ = ["Calendars.ReadBasic", "Calendars.Read", "Calendars.ReadWrite"];

export const meRoutes: Route[] = [
  {
    method: "GET",
    template: "/me",
    scopes: ["User.Read"],
    service: "directory",
    options: ["$select"],
    handle: getMe,
  },
  {
    method: "GET",
    template: "/me/photo/$value",
    scopes: ["User.Read", "ProfilePhoto.Read.All"],
    service: "directory",
    options: [],
    handle: getPhoto,
  },
  {
    method: "GET",
    template: "/me/calendar",
    scopes: CALENDAR_READ,
    service: "outlook",
    options: ["$select"],
    handle: getCalendar,
  },
  {
    method: "GET",
    template: "/me/calendars",
    scopes: CALENDAR_READ,
    service: "outlook",
    options: ["$select", "$top", "$skip"],
    handle: listCalendars,
  },
];

const USER_DEFAULTS = [
  "businessPhones",
  "displayName",
  "givenName",
  "id",
  "jobTitle",
  "mail",
  "mobilePhone",
  "officeLocation",
  "preferredLanguage",
  "surname",
  "userPrincipalName",
] as const;
const USER_ON_REQUEST = ["accountEnabled", "userType"] as const;

function getMe(context: GraphContext): GraphReply {
  const { account } = context;
  const [givenName = "", ...rest] = account.name.split(" ");
  const defaults: User = {
    businessPhones: [],
    displayName: account.name,
    givenName,
    jobTitle: null,
    mail: account.hasMailbox && account.kind === "work" ? account.email : null,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: account.kind === "work" ? "en-US" : null,
    surname: rest.join(" "),
    userPrincipalName: account.email,
    id: directoryId(account),
  };
  const names = context.options.select;
  const all: User = names ? { ...defaults, accountEnabled: true, userType: "Member" } : defaults;
  return {
    status: 200,
    body: {
      "@odata.context": contextUrl(context, "users/$entity"),
      ...select(all, names, [...USER_DEFAULTS, ...USER_ON_REQUEST], "User"),
    },
  };
}

function getPhoto({ account }: GraphContext): GraphReply {
  if (!account.photo)
    throw new GraphRefusal(
      404,
      "ImageNotFound",
      "Exception of type 'Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException' was thrown.",
    );
  return { status: 200, body: Buffer.from(account.photo, "base64") };
}

/** A personal account has a 16-digit id here, which is not the oid of its tokens. */
function directoryId(account: Account): string {
  return account.kind === "work" ? account.id : sha256(account.id).toString("hex").slice(0, 16);
}

const CALENDAR_PROPERTIES = [
  "id",
  "name",
  "color",
  "hexColor",
  "isDefaultCalendar",
  "changeKey",
  "canShare",
  "canViewPrivateItems",
  "canEdit",
  "allowedOnlineMeetingProviders",
  "defaultOnlineMeetingProvider",
  "isTallyingResponses",
  "isRemovable",
  "owner",
] as const;

function getCalendar(context: GraphContext): GraphReply {
  return {
    status: 200,
    body: {
      "@odata.context": contextUrl(context, `users('${context.account.id}')/calendar/$entity`),
      ...select(defaultCalendar(context.account), context.options.select, CALENDAR_PROPERTIES, "Calendar"),
    },
  };
}

function listCalendars(context: GraphContext): GraphReply {
  const { skip, top } = context.options;
  const all = allCalendars(context.world, context.account, context.mailbox).slice(skip, skip + (top ?? 100));
  return {
    status: 200,
    body: {
      "@odata.context": contextUrl(context, `users('${context.account.id}')/calendars`),
      value: all.map((calendar) => select(calendar, context.options.select, CALENDAR_PROPERTIES, "Calendar")),
    },
  };
}
