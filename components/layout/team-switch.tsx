import { CaretUpDownIcon, CheckIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { Icon } from "@/components/ui/icon";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface TeamSwitchProps {
  teams: readonly { id: string; name: string }[];
  /** The id of the team whose pages these are; left out: the person's own. */
  current: string | undefined;
}

const row =
  "flex min-h-10 w-full items-center justify-between gap-3 rounded-md px-3 text-sm font-medium text-ink no-underline transition-colors hover:bg-accent-tint hover:text-accent-strong";

/** Between one's own pages and those of the teams one is in. The browser's popover does the opening: no script. */
export function TeamSwitch({ teams, current }: TeamSwitchProps) {
  const words = translator("teams", use(getLocale()));
  const name = teams.find(({ id }) => id === current)?.name;
  return (
    <>
      <button
        type="button"
        popoverTarget="team-switch"
        className="flex min-h-11 max-w-40 items-center gap-1.5 text-sm font-medium text-ink"
      >
        <span className="sr-only">{name && words("switch.label")}</span>
        <span className="truncate">{name ?? words("switch.label")}</span>
        <Icon glyph={CaretUpDownIcon} size={16} className="shrink-0 text-muted" />
      </button>
      <div
        id="team-switch"
        popover="auto"
        className="absolute inset-auto end-4 top-15 m-0 max-h-[70vh] w-72 max-w-[calc(100vw-2rem)] overflow-y-auto rounded-lg border border-hairline bg-raised p-2 text-ink shadow-float open:animate-appear md:end-[max(1.5rem,calc((100vw-73rem)/2+1.5rem))] md:top-17"
      >
        <nav aria-label={words("switch.label")}>
          <Choice
            href="/account/bookings"
            name={words("switch.yourself")}
            isCurrent={current === undefined}
          />
          {teams.map((team) => (
            <Choice
              key={team.id}
              href={`/account/teams/${team.id}`}
              name={team.name}
              isCurrent={team.id === current}
            />
          ))}
          <hr className="my-1 border-hairline" />
          <Choice href="/account/teams" name={words("switch.all")} isCurrent={false} />
        </nav>
      </div>
    </>
  );
}

function Choice({ href, name, isCurrent }: { href: string; name: string; isCurrent: boolean }) {
  return (
    <a href={href} className={row} aria-current={isCurrent ? "true" : undefined}>
      <span className="min-w-0 truncate">{name}</span>
      {isCurrent && <Icon glyph={CheckIcon} size={16} className="text-brass" />}
    </a>
  );
}
