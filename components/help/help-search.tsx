import { MagnifyingGlassIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Input } from "@/components/ui/input";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface HelpSearchProps {
  id: string;
  /** What was asked, on the page that answers. */
  question?: string;
  /** In the head bar: the label is for assistive tools alone. */
  isCompact?: boolean;
}

/** A plain form: the answer has an address. */
export function HelpSearch({ id, question, isCompact = false }: HelpSearchProps) {
  const words = translator("help", use(getLocale()));
  const icon = <Icon glyph={MagnifyingGlassIcon} />;
  return (
    <search>
      <form action="/help" className="grid gap-1.5">
        <label htmlFor={id} className={isCompact ? "sr-only" : "text-sm font-semibold"}>
          {words("search.label")}
        </label>
        <div className="flex gap-2">
          <Input
            id={id}
            name="q"
            type="search"
            defaultValue={question}
            maxLength={500}
            autoComplete="off"
            placeholder={isCompact ? words("search.label") : undefined}
            aria-describedby={isCompact ? undefined : `${id}-hint`}
          />
          {isCompact ? (
            <Button type="submit" kind="quiet" square aria-label={words("search.submit")} icon={icon} />
          ) : (
            <Button type="submit" kind="primary" icon={icon}>
              {words("search.submit")}
            </Button>
          )}
        </div>
        {!isCompact && (
          <p id={`${id}-hint`} className="text-sm text-muted">
            {words("search.hint")}
          </p>
        )}
      </form>
    </search>
  );
}
