import { XIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface SavedFiltersProps {
  filters: readonly { id: string; name: string; href: string; current: boolean }[];
  remove: FormAction;
}

/** The filters of an organizer as links; the one that is shown can be removed. Nothing where there is none. */
export function SavedFilters({ filters, remove }: SavedFiltersProps) {
  const words = translator("bookings", use(getLocale()));
  if (filters.length === 0) return null;
  return (
    <nav aria-label={words("savedFilters.label")}>
      <ul className="flex flex-wrap items-center gap-2">
        {filters.map(({ id, name, href, current }) => (
          <li key={id} className="flex max-w-full items-center gap-1">
            <a
              href={href}
              aria-current={current ? "page" : undefined}
              className={classNames(
                "inline-flex min-h-11 min-w-0 items-center rounded-full border px-4 text-sm font-medium wrap-anywhere text-ink no-underline hover:text-ink md:min-h-9",
                current ? "border-accent bg-accent-tint" : "border-control bg-raised hover:bg-accent-tint",
              )}
            >
              {name}
            </a>
            {current && (
              <PostForm action={remove} fields={{ id }}>
                <Button
                  type="submit"
                  kind="quiet"
                  size="sm"
                  square
                  aria-label={words("savedFilters.remove", { name })}
                  icon={<Icon glyph={XIcon} />}
                />
              </PostForm>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
