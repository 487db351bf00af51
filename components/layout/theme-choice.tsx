import { DesktopIcon, MoonIcon, SunIcon } from "@phosphor-icons/react/ssr";
import { cookies, headers } from "next/headers";
import { parseTheme, type Theme, themeAddress, themeCookie, themes } from "@/components/layout/theme";
import { type Glyph, Icon } from "@/components/ui/icon";
import { pathHeader } from "@/lib/auth/path-header";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

const glyphs: Record<Theme, Glyph> = { system: DesktopIcon, light: SunIcon, dark: MoonIcon };

/** System, light or dark: a plain form, the page comes back in the chosen theme. */
export async function ThemeChoice() {
  const words = translator("common", await getLocale());
  const current = parseTheme((await cookies()).get(themeCookie)?.value);
  return (
    <form action={themeAddress} method="post">
      {/* Pages whose address is a secret send no referrer to come back by. */}
      <input type="hidden" name="back" value={(await headers()).get(pathHeader) ?? "/"} />
      <fieldset className="inline-flex rounded-md border border-hairline">
        <legend className="sr-only">{words("theme.legend")}</legend>
        {themes.map((theme) => (
          <button
            key={theme}
            type="submit"
            name="theme"
            value={theme}
            aria-pressed={theme === current}
            aria-label={words(`theme.${theme}`)}
            title={words(`theme.${theme}`)}
            className="grid size-8 place-items-center text-muted transition-colors first-of-type:rounded-s-md last-of-type:rounded-e-md hover:text-ink aria-pressed:bg-accent-tint aria-pressed:text-accent-strong forced-colors:aria-pressed:border"
          >
            <Icon glyph={glyphs[theme]} size={16} weight={theme === current ? "fill" : "regular"} />
          </button>
        ))}
      </fieldset>
    </form>
  );
}
