import { HeartbeatIcon } from "@phosphor-icons/react/ssr";
import { createElement, type ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { FlightRecorder, type FlightStep } from "@/components/booking-page/flight-recorder";
import { TabBar } from "@/components/layout/tab-bar";
import { Button } from "@/components/ui/button";
import { initials } from "@/components/ui/seal";
import { type WeekBlock, WeekStrip } from "@/components/ui/week-strip";
import { localeOf, shippedTags } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { shownLength } from "@/tests/support/catalogues";
import { DisconnectQuestion, EmailField, SaveAtWork } from "@/tests/unit/look/samples";

const html = (element: ReactElement) => renderToStaticMarkup(element);

describe("a field", () => {
  const field = (facts: { hint?: string; error?: string }) => html(createElement(EmailField, facts));

  it("a field names its control", () => {
    expect(field({})).toContain('<label for="email"');
    expect(field({})).not.toContain("aria-describedby");
    expect(field({})).not.toContain('aria-invalid="true"');
  });

  it("a field has its error and its hint read with the control, the error first", () => {
    const markup = field({ hint: "The invitation goes there.", error: "Add an ending, such as .com." });
    expect(markup).toContain('aria-describedby="email-error email-hint"');
    expect(markup).toContain('aria-invalid="true"');
    expect(markup).toMatch(/id="email-error".*Add an ending/);
  });
});

describe("a button at work", () => {
  const working = html(createElement(SaveAtWork));

  it("a button at work says so, is not disabled and sends nothing", () => {
    expect(working).toContain('aria-disabled="true"');
    expect(working).toContain('type="button"');
    expect(working).not.toMatch(/\sdisabled/);
  });

  it("a button at work keeps both words, so that its width stays", () => {
    expect(working).toContain("Saving");
    expect(working).toMatch(/invisible[^>]*>Save</);
  });

  it("a button at work at an edge is as wide as the word it shows, so that its text aligns", () => {
    const look = { kind: "quiet", flush: true, workingLabel: "Removing" } as const;
    expect(html(createElement(Button, look, "Remove"))).toMatch(/<span hidden=""[^>]*>.*Removing/);
    expect(html(createElement(Button, { ...look, isWorking: true }, "Remove"))).toMatch(
      /<span hidden=""[^>]*>Remove</,
    );
  });
});

describe("tabs", () => {
  const tab = { href: "/admin/connections", glyph: HeartbeatIcon, current: true };
  const tabs = (facts: { label: string; shortLabel?: string }) =>
    html(createElement(TabBar, { label: "Administration", tabs: [{ ...tab, ...facts }] }));

  it("tabs show a short label on phones and the whole one elsewhere, and the same one where there is no short one", () => {
    const two = tabs({ label: "Connection health", shortLabel: "Connections" });
    expect(two).toContain('<span class="md:hidden">Connections</span>');
    expect(two).toContain('<span class="max-md:hidden">Connection health</span>');
    expect(tabs({ label: "Users" })).toContain("<span>Users</span>");
  });

  it("tabs have short labels that take one line on phones, in every language", () => {
    for (const tag of shippedTags) {
      const words = translator("common", localeOf(tag));
      for (const key of ["adminTabs.setupShort", "adminTabs.healthShort"] as const) {
        expect(shownLength(words(key)), `${tag}: ${words(key)}`).toBeLessThanOrEqual(15);
      }
    }
  });
});

describe("a question before JavaScript has come", () => {
  it("a question before JavaScript has come unfolds with its consequences and a form that works", () => {
    const markup = html(createElement(DisconnectQuestion));
    expect(markup).toMatch(/^<details.*<summary.*Disconnect.*<\/summary>.*9 meetings stay/);
    expect(markup).toMatch(/<form[^>]* action="\/disconnect" method="post"/);
    expect(markup).toContain('<input type="hidden" name="id" value="7"/>');
    expect(markup).toContain('type="submit"');
  });
});

describe("a seal", () => {
  it.each([
    ["Ines Moreau", "IM"],
    ["Ana Maria de Souza", "AS"],
    ["  cher ", "C"],
    ["Élodie Öztürk", "ÉÖ"],
    ["", ""],
  ])("a seal of %s reads %s", (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});

describe("the week strip", () => {
  const draw = (blocks: WeekBlock[]) =>
    html(
      createElement(WeekStrip, {
        label: "This week",
        fromHour: 8,
        toHour: 18,
        days: [{ href: "#1", weekday: "Mon", numeral: "1", name: "Monday 1 December", count: "", blocks }],
      }),
    );

  it("the week strip draws a booking to scale", () => {
    expect(draw([{ startMinutes: 13 * 60, durationMinutes: 60, kind: "held" }])).toContain(
      'x="50%" width="10%"',
    );
  });

  it("the week strip cuts what lies outside its hours", () => {
    const early = draw([{ startMinutes: 7 * 60, durationMinutes: 120, kind: "held" }]);
    expect(early).toContain('x="0%" width="10%"');
  });
});

describe("the flight recorder", () => {
  const step = (key: string, milliseconds: number): FlightStep => ({
    key,
    at: "2026-11-30T19:02:07.114Z",
    clock: "20:02:07.114",
    state: "done",
    sentence: key,
    took: { milliseconds, text: `${milliseconds} ms` },
  });

  it("the flight recorder measures the bars of all groups against the longest step", () => {
    const markup = html(
      createElement(FlightRecorder, {
        groups: [
          { key: "booked", title: "Booked", note: "", steps: [step("long", 2000), step("quick", 3)] },
          { key: "moved", title: "Moved", note: "", steps: [step("half", 1000)] },
        ],
      }),
    );
    const bars = [...markup.matchAll(/<rect width="(\d+)"/g)].map(([, width]) => Number(width));
    expect(bars).toEqual([120, 2, 60]);
  });
});
