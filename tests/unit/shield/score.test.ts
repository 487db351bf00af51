import { describe, expect, it } from "vitest";
import { coarseNetworkOf } from "@/lib/auth/client-address";
import { brokenQuota, refusalUntil, refuseMove } from "@/lib/shield/quotas";
import { nothingRecent, type Recent, togetherOf } from "@/lib/shield/recent";
import { type Evidence, mayNeedProof, needsProof, scoreOf, suspect, suspicionLine } from "@/lib/shield/score";
import { isAnyones } from "@/lib/shield/traces";

const evidence = (more: Partial<Evidence> = {}): Evidence => ({
  name: "Vera Visitor",
  email: "vera@example.org",
  guests: [],
  recent: nothingRecent,
  blocks: [],
  hasHiddenField: false,
  formAgeMs: null,
  hasProof: true,
  mailDomain: "takes_mail",
  isNetworkUnknown: false,
  ...more,
});
const recent = (counts: Partial<Recent>): Recent => ({
  ...nothingRecent,
  ...counts,
});
const guests = (count: number) => Array.from({ length: count }, (_, nth) => `guest${nth}@example.org`);
const codes = (more: Partial<Evidence>) => suspect(evidence(more)).map(({ code }) => code);
const isSuspicious = (more: Partial<Evidence>) => scoreOf(suspect(evidence(more))) >= suspicionLine;

describe("a booking like those of everyone", () => {
  it.each<[string, Partial<Evidence>]>([
    ["has a name and an address", {}],
    ["has a title, an initial and a hyphen in its name", { name: "Dr. J.R. King-Noel Jr." }],
    ["is in another script", { name: "山田 太郎" }],
    ["has an address that forwards to its owner's mailbox", { email: "x1y2@mozmail.com" }],
    ["has an address like a provider's", { email: "yopmail.com@mailinator-museum.org" }],
    ["has a title without a space after it", { name: "Prof.Smith, Dipl.Ing." }],
    ["has initials", { name: "J.R.R. Tolkien" }],
    ["has a very long name", { name: "Ada ".repeat(40).trim() }],
    ["brings ten guests", { guests: guests(10) }],
    ["brings someone with a plus in their address", { guests: ["a+work@example.org", "a+home@example.org"] }],
    ["is one of a few that were cancelled", { recent: recent({ cancelled: 5 }) }],
    ["comes from a busy office", { recent: recent({ network: 60 }) }],
    ["is for a busy organizer", { recent: recent({ organizer: 99 }) }],
    [
      "brings no proof while little is going on",
      { hasProof: false, recent: recent({ network: 39, organizer: 29 }) },
    ],
    ["has a mail domain that no one could be asked about", { mailDomain: "unknown" }],
    ["has a mail domain that takes no mail, which may be a slip", { mailDomain: "takes_none" }],
    ["was filled in by a browser", { formAgeMs: 300 }],
    ["comes from a network that followed a few dead links", { recent: recent({ lookups: 59 }) }],
  ])("a booking like any other %s and is not suspicious", (_, more) => {
    expect(isSuspicious(more)).toBe(false);
  });

  it("a booking like any other gives no reason for suspicion", () => {
    expect(suspect(evidence())).toEqual([]);
  });
});

describe("a booking is suspicious", () => {
  it.each<[string, Partial<Evidence>]>([
    ["link_in_name", { name: "Win https://evil.example/x" }],
    ["link_in_name", { name: "Visit www.evil.example" }],
    ["link_in_name", { name: "me@evil.example" }],
    ["link_in_name", { name: "win-now.example" }],
    ["link_in_name", { name: "Visit WWW-evil" }],
    ["link_in_name", { name: "(win-now.example)" }],
    ["link_in_name", { name: "WIN-NOW.EXAMPLE" }],
    ["link_in_name", { name: "win。example" }],
    ["link_in_name", { name: "win．example!" }],
    ["link_in_name", { name: "win\ufe0f.example" }],
    ["link_in_name", { name: "приз.рф" }],
    ["link_in_name", { name: "tel:0900" }],
    ["hidden_field", { hasHiddenField: true }],
    ["disposable_address", { email: "x@mailinator.com" }],
    ["disposable_address", { email: "x@some.Guerrillamail.com" }],
    ["many_guests", { guests: guests(11) }],
    ["same_mailbox", { guests: ["v+1@gmail.com", "v.+2@gmail.com", "V+3@googlemail.com"] }],
    ["cancelled_before", { recent: recent({ cancelled: 6 }) }],
    ["busy_network", { recent: recent({ network: 100 }) }],
    ["busy_organizer", { recent: recent({ organizer: 100 }) }],
    ["no_proof", { hasProof: false, recent: recent({ network: 40 }) }],
    ["no_proof", { hasProof: false, recent: recent({ organizer: 30 }) }],
    ["guessing", { recent: recent({ lookups: 60 }) }],
    ["filled_in_fast", { formAgeMs: 1_999, mailDomain: "takes_none" }],
    ["no_mail_domain", { mailDomain: "takes_none", recent: recent({ organizer: 30 }) }],
  ])("for %s", (code, more) => {
    expect(codes(more)).toContain(code);
    expect(isSuspicious(more)).toBe(true);
  });

  it("a booking is suspicious for several reasons together, of which none would be enough", () => {
    const busy = { recent: recent({ network: 40, organizer: 30 }) };
    expect(isSuspicious(busy)).toBe(true);
    expect(codes(busy)).toEqual(["busy_network", "busy_organizer"]);
  });

  it("a booking is suspicious for many cancellations, but not for what else happens on a network that says nothing about its sender", () => {
    const busy = recent({ network: 400, organizer: 400, cancelled: 14, lookups: 400 });
    expect(codes({ recent: busy, isNetworkUnknown: true, hasProof: false })).toEqual([]);
    expect(codes({ recent: recent({ cancelled: 15 }), isNetworkUnknown: true })).toEqual([
      "cancelled_before",
    ]);
  });
});

describe("a form", () => {
  it("a form says nothing of its sender once it was open for two seconds, or where it is unknown for how long", () => {
    for (const formAgeMs of [2_000, 86_400_000, null]) expect(codes({ formAgeMs })).toEqual([]);
    expect(codes({ formAgeMs: 1_999 })).toEqual(["filled_in_fast"]);
  });
});

describe("a puzzle", () => {
  it("a puzzle is handed out before it is asked for, and to no one while little is going on", () => {
    expect(mayNeedProof(recent({ network: 19, organizer: 14 }))).toBe(false);
    expect(mayNeedProof(recent({ network: 20 }))).toBe(true);
    expect(mayNeedProof(recent({ organizer: 15 }))).toBe(true);
    expect(needsProof({ recent: recent({ network: 39, organizer: 29 }), isNetworkUnknown: false })).toBe(
      false,
    );
    expect(needsProof({ recent: recent({ network: 40, organizer: 30 }), isNetworkUnknown: true })).toBe(
      false,
    );
  });
});

describe("a quota", () => {
  const asked = (counts: Partial<Recent>, more: object = {}) =>
    brokenQuota({
      recent: recent(counts),
      mustConfirm: false,
      isGrave: false,
      isNetworkUnknown: false,
      ...more,
    });

  it("a quota that is used up says which it is, and when it is over", () => {
    expect(asked({ recipient: 60 })).toEqual({ because: "recipient", counted: "recipient" });
    expect(refusalUntil("recipient", 1_000, 61_000)).toEqual({
      code: "too_many_bookings",
      because: "recipient",
      retryAfterSeconds: 3540,
    });
    expect(refusalUntil("recipient", null, 61_000).retryAfterSeconds).toBe(3600);
  });

  it("a quota of a mailbox holds over all organizers too, where the network is known", () => {
    expect(asked({ recipientAnywhere: 119 })).toBeNull();
    expect(asked({ recipientAnywhere: 120 })).toEqual({ because: "recipient", counted: null });
    expect(asked({ recipientAnywhere: 400 }, { isNetworkUnknown: true })).toBeNull();
  });

  it("a quota is met by what waits only where more would wait", () => {
    const broken = (counts: Partial<Recent>) => asked(counts, { mustConfirm: true });
    expect(broken({ waiting: 10 })).toEqual({ because: "waiting", counted: "waiting" });
    expect(broken({ waitingHere: 5 })).toEqual({ because: "waiting", counted: "waitingHere" });
    expect(asked({ waiting: 400, waitingHere: 400 })).toBeNull();
  });

  it("a quota of an organizer refuses what is suspicious by itself, and no one else", () => {
    expect(asked({ organizer: 100 }, { isGrave: true })?.because).toBe("organizer");
    expect(asked({ organizer: 400 })).toBeNull();
  });

  it("a quota of a network doesn't hold for a network that says nothing", () => {
    expect(asked({ network: 300 })?.because).toBe("network");
    expect(asked({ network: 300 }, { isNetworkUnknown: true })).toBeNull();
  });

  it("a quota of moves is five a day", () => {
    const hour = 3600_000;
    expect(
      refuseMove(
        [1, 2, 3, 4].map((nth) => nth * hour),
        6 * hour,
      ),
    ).toBeNull();
    expect(
      refuseMove(
        [1, 2, 3, 4, 5].map((nth) => nth * hour),
        6 * hour,
      ),
    ).toEqual({
      code: "too_many_bookings",
      because: "moves",
      retryAfterSeconds: 19 * 3600,
    });
    expect(
      refuseMove(
        [1, 2, 3, 4, 5].map((nth) => nth * hour),
        26 * hour,
      ),
    ).toBeNull();
  });
});

describe("a network", () => {
  it.each([
    ["198.51.100.7", "198.51.100.0/24"],
    ["2001:db8:12:34:5::1", "2001:db8:12::/48"],
    ["2001:0db8:0012:ffff::", "2001:db8:12::/48"],
    ["unknown", "unknown"],
  ])("a network of %s is %s", (address, block) => {
    expect(coarseNetworkOf(address)).toBe(block);
  });

  it("a network says nothing where it is this machine's own, or not known", () => {
    expect(["127.0.0.1", "::1", undefined, "unknown"].map(isAnyones)).toEqual([true, true, true, true]);
    expect(["198.51.100.7", "10.0.0.1", "2001:db8::1"].map(isAnyones)).toEqual([false, false, false]);
  });
});

describe("what counts with several hosts", () => {
  it("what counts with several hosts is counted together, and their network once", () => {
    const counts = { organizer: 2, network: 5 };
    const together = togetherOf([recent(counts), recent({ ...counts, waiting: 1 })]);
    expect(together).toEqual(recent({ organizer: 4, network: 5, waiting: 1 }));
    expect(togetherOf([])).toBeNull();
  });
});
