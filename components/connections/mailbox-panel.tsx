import { use } from "react";
import { AccountForm } from "@/components/accounts/account-form";
import { CalendarsForm } from "@/components/calendars/calendars-form";
import { type Clockwork, formatMoment } from "@/components/connections/moment";
import { Checkbox } from "@/components/ui/checkbox";
import { Panel } from "@/components/ui/panel";
import type { FormState } from "@/lib/auth/form-state";
import type { AutomaticReplies } from "@/lib/calendars/automatic-replies";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

type Action = (state: FormState, formData: FormData) => Promise<FormState>;

interface MailboxPanelProps {
  replies: AutomaticReplies;
  clockwork: Clockwork;
  actions: { replies: Action; zone: Action };
}

/** What an organizer takes over from the settings of their mailbox. */
export function MailboxPanel({ replies, clockwork, actions }: MailboxPanelProps) {
  const locale = use(getLocale());
  const words = translator("connections", locale);
  return (
    <Panel aria-labelledby="mailbox" className="grid content-start gap-6">
      <h2 id="mailbox" className="text-lg">
        {words("mailbox.title")}
      </h2>
      <CalendarsForm
        action={actions.replies}
        words={{ save: words("mailbox.save"), saving: words("mailbox.saving") }}
      >
        <Checkbox
          id="closesTimes"
          name="closesTimes"
          label={words("mailbox.closes")}
          hint={words("mailbox.closesHint")}
          defaultChecked={replies.closesTimes}
        />
        {replies.closesTimes && <p className="text-sm text-muted">{stateOf(replies, clockwork, locale)}</p>}
      </CalendarsForm>
      <div className="grid gap-2 border-t border-hairline pt-4">
        <AccountForm
          action={actions.zone}
          fields={[]}
          submit={{ label: words("mailbox.take"), workingLabel: words("mailbox.taking"), kind: "second" }}
        />
        <p className="text-sm text-muted">{words("mailbox.takeHint")}</p>
      </div>
    </Panel>
  );
}

function stateOf(
  { startsAt, endsAt, readAt, problem }: AutomaticReplies,
  clockwork: Clockwork,
  locale: Locale,
): string {
  const words = translator("connections", locale);
  if (problem === "access_denied") return words("mailbox.denied");
  if (!readAt) return words("mailbox.notRead");
  const read = formatMoment(readAt, clockwork, locale);
  if (!startsAt) return words("mailbox.off", { read });
  const from = formatMoment(startsAt, clockwork, locale);
  return endsAt
    ? words("mailbox.on", { from, to: formatMoment(endsAt, clockwork, locale), read })
    : words("mailbox.onOpen", { from, read });
}
