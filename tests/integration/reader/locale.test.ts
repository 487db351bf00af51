import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openSession } from "@/lib/auth/session";
import { book } from "@/lib/booking/book";
import { newDecisionLink, storeDecisionLinks } from "@/lib/booking/decision-links";
import { readVisitor } from "@/lib/booking-page/visitor";
import { newLink } from "@/lib/booking-record/links";
import { db } from "@/lib/database/client";
import { addLanguages } from "@/lib/i18n/languages";
import { english } from "@/lib/i18n/messages";
import { getLocale, isLanguageChosenHere } from "@/lib/reader/locale";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { request, setCookies } from "@/tests/support/next-request";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";

vi.mock("next/headers", () => import("@/tests/support/next-request"));

let database: TestDatabase;
let removeLanguages: () => void;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
  const language = { messages: english, formats: "de", direction: "ltr" } as const;
  removeLanguages = addLanguages({ de: language, fr: language });
});
afterAll(async () => {
  removeLanguages();
  await database.cleanup();
});
beforeEach(() => {
  request.headers = new Headers({ "accept-language": "da, fr-CH;q=0.9, de;q=0.5" });
  request.cookies.clear();
  setCookies.length = 0;
});

const at = (path: string) => request.headers.set("x-bellhop-path", path);

/** A booking of someone who reads German, with an organizer who reads French. */
async function booked() {
  const organizer = await makeOrganizer({ location: { kind: "phone", value: "+33 1 23 45 67 89" } });
  await db().user.update({ where: { id: organizer.id }, data: { locale: "fr-FR" } });
  const visitor = { name: "Jana", email: "jana@example.org", timeZone: "Europe/Berlin", locale: "de-AT" };
  const outcome = await book(requestFor(organizer, hourAhead(2), { visitor }));
  if (!outcome.ok) throw new Error(outcome.error.code);
  return { organizer, id: outcome.value.id, token: outcome.value.token };
}

describe("the language of a page", () => {
  it("the language of a page is what the browser asks for and there is, the most wanted first", async () => {
    at("/ines/appointment?month=2027-01");
    expect(await getLocale()).toBe("fr");
    request.headers.set("accept-language", "tlh, da;q=0.8");
    expect(await getLocale()).toBe("en");
  });

  it("the language of a page is the one that was chosen here, whatever the browser asks for", async () => {
    at("/ines");
    request.cookies.set("lang", "de");
    expect(await getLocale()).toBe("de");
    request.cookies.set("lang", "tlh");
    expect(await getLocale()).toBe("fr");
    request.cookies.set("lang", "<script>");
    expect(await getLocale()).toBe("fr");
  });

  it("the language of a page is the one that its address names before all others, if it is one of ours", async () => {
    request.cookies.set("lang", "fr");
    at("/ines/appointment?month=2027-01&lang=de");
    expect(await getLocale()).toBe("de");
    for (const other of ["tlh", "<script>", "", "de".padEnd(60, "-latn")]) {
      at(`/ines?lang=${encodeURIComponent(other)}`);
      expect(await getLocale(), other).toBe("fr");
    }
  });

  it("the language of a page is the organizer's own where nothing that the visitor asks for is ours", async () => {
    const { organizer } = await booked();
    request.headers.set("accept-language", "tlh, da;q=0.8");
    for (const path of [`/${organizer.handle}`, `/${organizer.handle}/x?date=2027-01-02`]) {
      at(path);
      expect(await getLocale(), path).toBe("fr");
    }
    at(`/embed/${organizer.handle}/x`);
    expect(await getLocale()).toBe("fr");
    at("/no-one-here");
    expect(await getLocale()).toBe("en");
  });

  it("the language of a page is the visitor's language, region and clock as well", async () => {
    at("/ines?lang=de");
    request.headers.set("accept-language", "en-US, de-CH;q=0.5");
    expect(await readVisitor()).toMatchObject({ locale: "de-CH", clock: "24" });
    at("/ines");
    expect(await readVisitor()).toMatchObject({ locale: "en-US", clock: "12" });
    request.headers.set("accept-language", "da, de-AT;q=0.5");
    expect((await readVisitor()).locale).toBe("de-AT");
    request.headers.set("accept-language", "da");
    expect((await readVisitor()).locale).toBe("da");
  });

  it("the language of a page is the visitor's on the pages of their booking, no matter who opens them", async () => {
    const { id, token } = await booked();
    at(`/booking/${token}/reschedule?month=2027-01`);
    expect(await getLocale()).toBe("de");
    const join = newLink("join", id);
    await db().booking.update({ where: { id }, data: { joinTokenHash: join.hash } });
    at(`/j/${join.token}`);
    expect(await getLocale()).toBe("de");
    at(`/booking/${token}?lang=fr`);
    request.cookies.set("lang", "fr");
    expect(await getLocale()).toBe("de");
    expect(await isLanguageChosenHere()).toBe(false);
    at("/booking/unknown");
    expect(await isLanguageChosenHere()).toBe(true);
    expect(await getLocale()).toBe("fr");
  });

  it("the language of a page is the organizer's where they decide by mail", async () => {
    const { id } = await booked();
    request.headers.set("accept-language", "de");
    const link = newDecisionLink("approve");
    await storeDecisionLinks(db(), id, { links: [link], expiresAt: new Date(Date.now() + 3600_000) });
    at(new URL(link.url).pathname);
    expect(await getLocale()).toBe("fr");
  });

  it("the language of a page is a signed-in person's own on their pages", async () => {
    const { organizer } = await booked();
    request.headers.set("accept-language", "de");
    await openSession({ userId: organizer.id, sessionEpoch: 0 });
    at("/account/bookings");
    expect(await getLocale()).toBe("fr");
    at("/ines");
    expect(await getLocale()).toBe("de");
  });
});
