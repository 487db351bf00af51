import { keepChoice } from "@/app/api/choice-form";
import { methods } from "@/lib/api/methods";
import { languageParameter, writeLanguageCookie } from "@/lib/booking-page/language-cookie";
import { shippedTags } from "@/lib/i18n/languages";

/** Keeps the chosen language and goes back to the page the form was on. */
function keep(request: Request): Promise<Response> {
  return keepChoice(request, (sent) => {
    const tag = shippedTags.find((one) => one === sent.get(languageParameter));
    return tag === undefined ? null : writeLanguageCookie(tag);
  });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ POST: keep });
