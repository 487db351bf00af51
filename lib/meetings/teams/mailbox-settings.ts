/** Settings of a mailbox. Source: Microsoft Graph, user-get-mailboxsettings (v1.0), with `MailboxSettings.Read`: an account's own. */
import type { MailboxSettings, MailboxSettingsReader } from "@/lib/meetings/mailbox-settings-reader";
import { openGraph } from "@/lib/meetings/teams/graph";
import { readBody } from "@/lib/meetings/teams/graph-answer";
import { type GraphMailboxSettings, mailboxSettingsSchema } from "@/lib/meetings/teams/graph-schema";
import { ianaZoneOf } from "@/lib/meetings/teams/zone-name";

export const mailboxSettingsReader: MailboxSettingsReader = {
  async readMailboxSettings(context) {
    const answer = await openGraph(context).call({ method: "GET", path: "/me/mailboxSettings" });
    const { timeZone, language, automaticRepliesSetting } = readBody(mailboxSettingsSchema, answer);
    return {
      timeZone: timeZone ? ianaZoneOf(timeZone) : null,
      language: language?.locale || null,
      automaticReplies: repliesOf(automaticRepliesSetting),
    };
  },
};

function repliesOf(
  setting: GraphMailboxSettings["automaticRepliesSetting"],
): MailboxSettings["automaticReplies"] {
  if (setting?.status === "alwaysEnabled") return { startsAt: null, endsAt: null };
  const { scheduledStartDateTime: from, scheduledEndDateTime: to } = setting ?? {};
  if (setting?.status !== "scheduled" || !from || !to || from >= to) return null;
  return { startsAt: from, endsAt: to };
}
