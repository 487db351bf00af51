import { type ComponentProps, use } from "react";
import { AccountForm } from "@/components/accounts/account-form";
import { Note } from "@/components/ui/note";
import { Panel } from "@/components/ui/panel";
import type { Reach } from "@/lib/calendars/address-test";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface ReachPanelProps {
  reach: Reach;
  action: ComponentProps<typeof AccountForm>["action"];
}

/** Whether Microsoft gets through to the addresses that it calls: what it found out itself, and a try from here. */
export function ReachPanel({ reach, action }: ReachPanelProps) {
  const words = translator("admin", use(getLocale()));
  const { isCallable, addresses, subscribed, refused } = reach;
  const state = !isCallable ? "polling" : refused > 0 ? "refused" : subscribed > 0 ? "proven" : "unproven";
  const tone = state === "refused" ? "warning" : state === "proven" ? "success" : "calm";
  return (
    <Panel aria-labelledby="reach" className="grid content-start gap-4">
      <div>
        <h2 id="reach" className="text-lg">
          {words("reach.title")}
        </h2>
        <p className="max-w-[68ch] text-sm text-muted">{words("reach.lead")}</p>
      </div>
      <ul className="grid gap-1 text-sm">
        {addresses.map((address) => (
          <li key={address}>
            <code className="font-mono break-all">{address}</code>
          </li>
        ))}
      </ul>
      <Note tone={tone} title={words(`reach.${state}.title`, { subscribed, refused })}>
        {words(`reach.${state}.text`)}
      </Note>
      <AccountForm
        action={action}
        fields={[]}
        submit={{ label: words("reach.try"), workingLabel: words("reach.trying"), kind: "second" }}
      />
    </Panel>
  );
}
