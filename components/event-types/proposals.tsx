import { PlusIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Panel } from "@/components/ui/panel";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import type { Proposal } from "@/lib/event-types/proposals";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface ProposalsProps {
  proposals: readonly Proposal[];
  add: FormAction;
  decline: FormAction;
}

/** Event types to begin with, each added with one press. */
export function Proposals({ proposals, add, decline }: ProposalsProps) {
  const words = translator("event-types", use(getLocale()));
  if (proposals.length === 0) return null;
  return (
    <Panel aria-labelledby="proposals" className="mt-6 grid content-start gap-4">
      <div>
        <h2 id="proposals" className="text-lg">
          {words("proposals.heading")}
        </h2>
        <p className="text-sm text-muted">{words("proposals.lead")}</p>
      </div>
      <ul className="grid gap-3 md:grid-cols-3">
        {proposals.map(({ name, title, minutes }) => (
          <li key={name} className="grid content-between gap-3 rounded-md border border-hairline p-4">
            <div>
              <p className="font-strong">{title}</p>
              <p className="text-sm text-muted">{words("proposals.length", { minutes })}</p>
              <p className="mt-2 text-sm">{words(`proposals.${name}.description`)}</p>
            </div>
            <PostForm action={add} fields={{ name }}>
              <Button type="submit" size="sm" icon={<Icon glyph={PlusIcon} size={16} />}>
                {words("proposals.add")}
                <span className="sr-only">{title}</span>
              </Button>
            </PostForm>
          </li>
        ))}
      </ul>
      <PostForm action={decline}>
        <Button type="submit" kind="quiet" size="sm" flush>
          {words("proposals.decline")}
        </Button>
      </PostForm>
    </Panel>
  );
}
