import type { MailboxSettings } from "@microsoft/microsoft-graph-types";
import { contextUrl, type GraphContext, type GraphReply, type Route } from "@/tests/emulator/graph/route";

export const mailboxSettingsRoutes: Route[] = [
  {
    method: "GET",
    template: "/me/mailboxSettings",
    scopes: ["MailboxSettings.Read", "MailboxSettings.ReadWrite"],
    service: "outlook",
    options: [],
    handle: getMailboxSettings,
  },
];

/** The zone by Windows' name, and times in UTC, as Outlook keeps them. */
function getMailboxSettings(context: GraphContext): GraphReply {
  const { timeZone, mailboxSettings: { locale = "en-US", automaticReplies } = {} } = context.account;
  const utc = (iso: string) => ({ dateTime: `${iso.slice(0, 19)}.0000000`, timeZone: "UTC" });
  const scheduled = typeof automaticReplies === "object" ? automaticReplies : null;
  const settings: MailboxSettings = {
    timeZone,
    language: { locale, displayName: locale },
    automaticRepliesSetting: {
      status: scheduled ? "scheduled" : automaticReplies === "always" ? "alwaysEnabled" : "disabled",
      externalAudience: "all",
      // Outlook names a day that means nothing while they aren't scheduled.
      scheduledStartDateTime: utc(scheduled?.from ?? "2026-01-01T00:00:00Z"),
      scheduledEndDateTime: utc(scheduled?.to ?? "2026-01-02T00:00:00Z"),
      internalReplyMessage: "",
      externalReplyMessage: "",
    },
  };
  const odata = contextUrl(context, `users('${context.account.id}')/mailboxSettings`);
  return { status: 200, body: { "@odata.context": odata, ...settings } };
}
