import { describe, expect, it } from "vitest";
import { optionName, sentenceOfOption } from "@/components/organizer-bookings/option-words";
import { defaultLocale } from "@/lib/i18n/languages";

describe("a meeting option that was not taken", () => {
  it.each([
    [
      "lobby",
      "organizer",
      "everyone",
      "Who can bypass the lobby: you chose only you, the meeting has everyone.",
    ],
    ["recordAutomatically", true, false, "Record automatically: you chose yes, the meeting has no."],
    [
      "allowedPresenters",
      "organizer",
      "everyone",
      "Who can present: you chose only you, the meeting has everyone.",
    ],
    ["transcription", "off", "allowed", "Allow transcription: you chose off, the meeting has allowed."],
    ["chat", "disabled", null, "Meeting chat: you chose off."],
  ])(
    "a meeting option that was not taken is named as Teams names it: %s",
    (option, wanted, actual, sentence) => {
      expect(sentenceOfOption({ option, wanted, actual, why: "overruled" }, defaultLocale)).toBe(sentence);
    },
  );

  it("a meeting option that was not taken keeps the name of an option that is newer than these words", () => {
    expect(optionName("watermark", defaultLocale)).toBe("watermark");
  });
});
