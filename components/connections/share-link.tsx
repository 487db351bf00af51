import type { ReactNode } from "react";
import { CopyButton, type CopyWords } from "@/components/ui/copy-button";
import { Panel } from "@/components/ui/panel";

interface ShareLinkProps {
  id: string;
  title: string;
  hint: string;
  url: string;
  copy: CopyWords;
  /** Further ways to pass it on. */
  more?: ReactNode;
}

/** An address to pass on: to read, to select, to copy. */
export function ShareLink({ id, title, hint, url, copy, more }: ShareLinkProps) {
  return (
    <Panel aria-labelledby={id} className="grid gap-4">
      <div>
        <h2 id={id} className="text-lg">
          {title}
        </h2>
        <p className="text-sm text-muted">{hint}</p>
      </div>
      <p className="max-h-28 overflow-y-auto rounded-md border border-hairline bg-sunken px-3 py-2 font-mono text-sm break-all">
        {url}
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <CopyButton {...copy} text={url} />
        {more}
      </div>
    </Panel>
  );
}
