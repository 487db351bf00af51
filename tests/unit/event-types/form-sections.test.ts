import { describe, expect, test } from "vitest";
import { newEventTypeValues } from "@/lib/event-types/form";
import { listSections, sectionOf } from "@/lib/event-types/form-sections";
import { optionalNumbers } from "@/lib/event-types/numbers";
import { eventTypeInput } from "@/lib/event-types/schema";
import { newTeamEventTypeValues } from "@/lib/teams/form";

describe("the sections of an event type's form", () => {
  test("every field and everything that can be wrong with one is in a section", () => {
    const fields = [
      ...Object.keys(newEventTypeValues("{title}", "schedule")),
      ...Object.keys(newTeamEventTypeValues("{title}", [{ id: "ada" }] as never)),
      ...Object.keys(eventTypeInput.shape),
      ...optionalNumbers,
    ];
    expect(fields.filter((name) => sectionOf(name) === undefined)).toEqual([]);
  });

  test("a part of a field is where the field is, and a field that only begins alike isn't", () => {
    expect(sectionOf("location.value")).toBe("location");
    expect(sectionOf("questions.0.options.1")).toBe("questions");
    expect(sectionOf("hosts.2.weight")).toBe("hosts");
    expect(sectionOf("minimumNoticeMinutes")).toBe("availability");
    expect(sectionOf("titles")).toBeUndefined();
  });

  test("an organizer's own event type has ten, and a team's has its hosts besides", () => {
    expect(listSections(false)).toHaveLength(10);
    expect(listSections(false)[0]).toBe("general");
    expect(listSections(true)).toEqual(expect.arrayContaining(["hosts", ...listSections(false)]));
  });
});
