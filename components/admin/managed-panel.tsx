import { use } from "react";
import { Recipe } from "@/components/admin/recipe";
import { Panel } from "@/components/ui/panel";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { exchangeCommands, teamsCommands } from "@/lib/registration/managed-commands";

interface ManagedPanelProps {
  clientId: string;
  /** Empty: managed mailboxes are off. */
  tenants: readonly string[];
}

/** How an organization lets Bellhop open the mailboxes of its organizers, and no others: commands to copy. */
export function ManagedPanel({ clientId, tenants }: ManagedPanelProps) {
  const words = translator("admin", use(getLocale()));
  const isOn = tenants.length > 0;
  return (
    <Panel aria-labelledby="managed-mailboxes" className="grid content-start gap-4">
      <div>
        <h2 id="managed-mailboxes" className="text-lg">
          {words("managed.panel.title")}
        </h2>
        <p className="max-w-[68ch] text-sm text-muted">{words("managed.panel.lead")}</p>
        <p className="mt-2 text-sm font-semibold">
          {words(`managed.panel.${isOn ? "on" : "off"}`, { tenants: tenants.join(", ") })}
        </p>
      </div>
      <details>
        <summary className="cursor-pointer text-sm font-semibold">{words("managed.panel.show")}</summary>
        <div className="mt-3 grid gap-4 text-sm">
          <Recipe
            title={words("managed.panel.exchangeTitle")}
            lead={words("managed.panel.exchange")}
            text={exchangeCommands(clientId)}
          />
          <Recipe
            title={words("managed.panel.teamsTitle")}
            lead={words("managed.panel.teams")}
            text={teamsCommands(clientId)}
          />
          <p className="text-muted">{words("managed.panel.wait")}</p>
        </div>
      </details>
    </Panel>
  );
}
