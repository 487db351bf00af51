import { listKeys } from "@/app/account/commands/list-keys";
import { listPages } from "@/app/account/commands/list-pages";
import type { Commands } from "@/components/keyboard/commands";
import { requireOrganizer } from "@/lib/auth/guards";
import { listEventTypes } from "@/lib/event-types/queries";
import { helpLanguage } from "@/lib/help/article";
import { listArticles } from "@/lib/help/library";
import { addressOf } from "@/lib/help/search";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** Keys, pages, event types and help of whoever is signed in, in their language: for the key sheet and the command palette. */
export async function GET(): Promise<Response> {
  const organizer = await requireOrganizer("/account/bookings");
  const locale = await getLocale();
  const words = translator("account", locale);
  const [eventTypes, articles] = await Promise.all([listEventTypes(organizer.scope), listArticles()]);
  const commands: Commands = {
    groups: [
      { id: "pages", label: words("keyboard.pages"), commands: listPages(organizer, locale) },
      {
        id: "event-types",
        label: words("keyboard.eventTypes"),
        commands: eventTypes.map(({ id, title }) => ({ href: `/account/event-types/${id}`, label: title })),
      },
      {
        id: "help",
        label: words("keyboard.help"),
        commands: articles.map(({ slug, title }) => ({
          href: addressOf(slug),
          label: title,
          lang: helpLanguage,
        })),
      },
    ],
    keys: listKeys(locale),
    words: {
      keysTitle: words("keyboard.title"),
      change: words("keyboard.change"),
      close: words("keyboard.close"),
      title: words("keyboard.palette"),
      search: words("keyboard.search"),
      none: words("keyboard.none"),
      help: words("keyboard.searchHelp", { query: "{query}" }),
    },
  };
  return Response.json(commands, { headers: { "cache-control": "private, no-store" } });
}
