import type { ComponentProps, ReactNode } from "react";
import { AccountForm } from "@/components/accounts/account-form";
import { Panel } from "@/components/ui/panel";

interface FormPanelProps extends ComponentProps<typeof AccountForm> {
  /** The heading's id: an anchor on the page. */
  id: string;
  title: string;
  lead?: ReactNode;
}

/** A titled panel with a short form. */
export function FormPanel({ id, title, lead, ...form }: FormPanelProps) {
  return (
    <Panel aria-labelledby={id}>
      <h2 id={id} className={lead ? "" : "mb-4"}>
        {title}
      </h2>
      {lead && <p className="mt-1 mb-4 max-w-[68ch] text-muted">{lead}</p>}
      <div className="max-w-112">
        <AccountForm {...form} />
      </div>
    </Panel>
  );
}
