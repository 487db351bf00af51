import { CaretDownIcon, TranslateIcon } from "@phosphor-icons/react/ssr";
import { headers } from "next/headers";
import { Icon } from "@/components/ui/icon";
import { pathHeader } from "@/lib/auth/path-header";
import { languageParameter } from "@/lib/booking-page/language-cookie";
import { nameOfLanguage, shippedTags } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale, isLanguageChosenHere } from "@/lib/reader/locale";

/**
 * The languages, each by its own name: a plain form, the page comes back in the chosen one. Nothing on pages whose language is given: that of
 * the booking, or of the person who is signed in.
 */
export async function LanguageChoice() {
  if (!(await isLanguageChosenHere())) return null;
  const locale = await getLocale();
  const words = translator("common", locale);
  return (
    <form action="/api/language" method="post" className="flex items-center">
      {/* Pages whose address is a secret send no referrer to come back by. */}
      <input type="hidden" name="back" value={(await headers()).get(pathHeader) ?? "/"} />
      <Icon glyph={TranslateIcon} size={16} className="me-2 shrink-0" />
      <span className="relative">
        <select
          name={languageParameter}
          defaultValue={locale}
          aria-label={words("language.label")}
          autoComplete="off"
          className="h-8 appearance-none rounded-s-md border border-hairline bg-transparent ps-2 pe-7 text-inherit"
        >
          {shippedTags.map((tag) => (
            <option key={tag} value={tag} lang={tag}>
              {nameOfLanguage(tag)}
            </option>
          ))}
        </select>
        <Icon
          glyph={CaretDownIcon}
          size={12}
          className="pointer-events-none absolute top-1/2 end-2 -translate-y-1/2"
        />
      </span>
      <button
        type="submit"
        className="h-8 rounded-e-md border border-s-0 border-hairline px-2.5 font-medium transition-colors hover:text-ink"
      >
        {words("language.change")}
      </button>
    </form>
  );
}
