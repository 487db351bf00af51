import { describe, expect, it } from "vitest";
import { bookedInFrame, readFrame, readFrameLook } from "@/lib/booking-page/frame";

const lookOf = (query: string) => readFrameLook(new URLSearchParams(query));

describe("a framed page", () => {
  it("is known by its address, with the booking that was made in it", () => {
    expect(readFrame("/embed/ines/first?lang=de")).toMatchObject({
      handle: "ines",
      slug: "first",
      token: null,
    });
    expect(readFrame("/embed/ines/first/booked/t0k3n")).toMatchObject({ token: "t0k3n" });
    expect(readFrame("/embed/ines/first/other/t0k3n")).toMatchObject({ token: null });
    for (const path of ["/ines/first", "/embed", "/embed/ines", "/embedded/ines/first", ""]) {
      expect(readFrame(path), path).toBeNull();
    }
  });

  it("looks as its address says, and as the browser does where that makes no sense", () => {
    expect(lookOf("lang=pt-BR&theme=dark&zone=Europe/Paris")).toEqual({
      lang: "pt-BR",
      theme: "dark",
      zone: "Europe/Paris",
    });
    expect(lookOf("lang=<b>&theme=pink&zone=Mars/Base")).toEqual({});
    expect(lookOf("theme=auto")).toEqual({});
  });

  it("shows what was booked in the same frame and look, without what was filled in", () => {
    const frame = readFrame(
      "/embed/ines/first?lang=de&theme=dark&email=ada@example.com&start=2027-03-01T09:00:00Z",
    );
    expect(frame && bookedInFrame(frame, "t0k3n")).toBe("/embed/ines/first/booked/t0k3n?lang=de&theme=dark");
  });
});
