import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** The language (BCP 47) of the page; English until the script has come. */
export function usePageLanguage(): string {
  return useSyncExternalStore(
    never,
    () => document.documentElement.lang,
    () => "en",
  );
}
