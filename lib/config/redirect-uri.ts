/** Where Microsoft sends people back to, as far as an operator's own value can be judged without asking anyone. */

/** The one path at which this server takes Microsoft's answer. */
export const callbackPath = "/api/teams/callback";

export interface RedirectFinding {
  /** It can't work: the start is refused. Otherwise it may, and is worth a line. */
  stops: boolean;
  text: string;
}

/**
 * What is wrong with a redirect URI beside this server's own address (`appUrl`, an origin); null when it leads here. Another
 * origin may be a relay on a domain of the operator's, which passes people on; nothing here can tell.
 */
export function judgeRedirectUri(uri: string, appUrl: string): RedirectFinding | null {
  const url = new URL(uri);
  const { origin } = new URL(appUrl);
  if (uri === `${origin}${callbackPath}`) return null;
  const own = `APP_URL followed by ${callbackPath}`;
  if (url.origin === origin) {
    return {
      stops: true,
      text: `leads to a path where this server accepts no answer. Use ${own}, or leave it empty`,
    };
  }
  return {
    stops: false,
    text: `isn't on APP_URL. People return from Microsoft to it, so something there must forward them, with their whole query, to ${own}. If nothing does, leave it empty`,
  };
}
