import { defaultLocale } from "@/lib/i18n/languages";

const english = Object.assign(Promise.resolve(defaultLocale), { status: "fulfilled", value: defaultLocale });

/**
 * Stands in for the request's language where components are rendered without Next.js, which would remember it for the request:
 * `vi.mock("@/lib/reader/locale", () => import("@/tests/support/locale"))`.
 */
export const getLocale = () => english;
