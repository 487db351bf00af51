import { keepChoice } from "@/app/api/choice-form";
import { parseTheme, themeCookie } from "@/components/layout/theme";
import { methods } from "@/lib/api/methods";

const yearSeconds = 365 * 24 * 60 * 60;

/** Keeps the chosen theme and goes back to the page the form was on. */
function keep(request: Request): Promise<Response> {
  return keepChoice(request, (sent) => {
    const theme = parseTheme(sent.get("theme"));
    const age = theme === "system" ? 0 : yearSeconds;
    return `${themeCookie}=${theme}; Path=/; SameSite=Lax; HttpOnly; Max-Age=${age}`;
  });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ POST: keep });
