import type { ReactNode } from "react";
import { Panel } from "@/components/ui/panel";

interface FormPanelProps {
  title: string;
  lead?: string;
  children: ReactNode;
}

/** What it is about at the left, the form at the right. */
export function FormPanel({ title, lead, children }: FormPanelProps) {
  return (
    <Panel className="grid gap-6 lg:grid-cols-[minmax(0,18rem)_minmax(0,28rem)] lg:gap-12">
      <div>
        <h2>{title}</h2>
        {lead && <p className="mt-1 text-sm text-muted">{lead}</p>}
      </div>
      {children}
    </Panel>
  );
}
