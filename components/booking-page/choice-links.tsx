import { classNames } from "@/components/ui/class-names";

interface ChoiceLinksProps {
  label: string;
  links: readonly { href: string; label: string; isCurrent: boolean }[];
  className?: string;
}

/** A few short choices side by side, each a link to the same page. */
export function ChoiceLinks({ label, links, className }: ChoiceLinksProps) {
  return (
    <nav aria-label={label} className={classNames(className)}>
      <ul className="inline-flex max-w-full flex-wrap gap-0.5 rounded-md border border-control bg-raised p-[3px]">
        {links.map(({ href, label, isCurrent }) => (
          <li key={label}>
            <a
              href={href}
              data-soft
              aria-current={isCurrent ? "true" : undefined}
              className={classNames(
                "grid min-h-10 place-items-center rounded-sm border border-transparent px-3.5 text-sm font-medium text-muted no-underline transition-colors hover:text-ink",
                "aria-current:bg-accent-tint aria-current:font-strong aria-current:text-accent-strong forced-colors:aria-current:border-current",
              )}
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
