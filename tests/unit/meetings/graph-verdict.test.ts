import { describe, expect, it } from "vitest";
import { problemOf } from "@/lib/meetings/teams/graph-answer";
import { isLinkLost, problemOfVerdict, verdictOf } from "@/lib/meetings/teams/graph-verdict";

const judge = (status: number, code: string | null, isFromGraph = true) =>
  verdictOf({ status, code, isFromGraph });

describe("what an answer of Graph's means", () => {
  it.each([
    [404, "ErrorItemNotFound"],
    [410, "ErrorItemNotFound"],
    [410, null],
  ])("Graph's answer %s %s says that a thing is gone", (status, code) => {
    expect(judge(status, code)).toBe("gone");
  });

  it.each([
    [404, "ResourceNotFound"],
    [404, "ErrorInvalidUser"],
    [404, "ErrorNonExistentMailbox"],
    [404, "ErrorMailboxMoveInProgress"],
    [404, "MailboxStoreUnavailable"],
    [404, "Request_ResourceNotFound"],
    [404, "itemNotFound"],
    [404, "SyncStateNotFound"],
    [404, "erroritemnotfound"],
    [404, ""],
    [404, null],
    [400, "ErrorItemNotFound"],
    [400, "SomethingMicrosoftAddsLater"],
    [400, "BadRequest"],
    [400, null],
    [402, "PaymentRequired"],
    [403, "ErrorQuotaExceeded"],
    [403, "UnknownError"],
    [403, null],
    [405, "MethodNotAllowed"],
    [418, "Teapot"],
    [422, "UnprocessableEntity"],
  ])("Graph's answer %s %s is unknown, and decides nothing", (status, code) => {
    expect(judge(status, code)).toBe("unknown");
    expect(problemOfVerdict("unknown")).toBe("unavailable");
  });

  it.each([
    [401, "InvalidAuthenticationToken"],
    [408, "RequestTimeout"],
    [409, "ErrorIrresolvableConflict"],
    [409, "ConcurrentItemSave"],
    [409, null],
    [412, "ErrorIrresolvableConflict"],
    [423, "Locked"],
    [500, "ErrorInternalServerError"],
    [502, null],
    [503, "ErrorServerBusy"],
    [504, "GatewayTimeout"],
    [507, "ErrorQuotaExceeded"],
    [599, "ErrorItemNotFound"],
  ])("Graph's answer %s %s passes", (status, code) => {
    expect(judge(status, code)).toBe("passing");
    expect(problemOfVerdict("passing")).toBe("unavailable");
  });

  it.each([
    [400, "ErrorInvalidRecipients"],
    [400, "ErrorInvalidRequest"],
    [400, "ErrorPropertyValidationFailure"],
    [400, "RequestBodyRead"],
    [413, "ErrorMessageSizeExceeded"],
  ])("Graph's answer %s %s is final", (status, code) => {
    expect(judge(status, code)).toBe("final");
    expect(problemOfVerdict("final")).toBe("refused");
  });

  it.each([
    [403, "ErrorAccessDenied", "access_denied"],
    [403, "Forbidden", "access_denied"],
    [404, "MailboxNotEnabledForRESTAPI", "no_mailbox"],
    [429, "ApplicationThrottled", "throttled"],
    [429, null, "throttled"],
  ])("Graph's answer %s %s is %s", (status, code, verdict) => {
    expect(judge(status, code)).toBe(verdict);
  });

  it("Graph's answer is not taken for final or gone where something between us and Graph has written it", () => {
    for (const status of [400, 403, 404, 409, 410]) expect(judge(status, null, false)).toBe("unknown");
  });
});

describe("an answer as it comes", () => {
  const answer = (status: number, body: unknown, requestId: string | null = null) =>
    problemOf({ status, body, requestId, retryAfterSeconds: null, claims: null }, "GET /me/events/{event}");

  it("an answer as it comes is unknown as a page, without a body, and with an empty code, whatever its 404 says", () => {
    for (const one of [
      answer(404, undefined),
      answer(404, null),
      answer(404, null, "r1"),
      answer(404, { error: { code: "", message: "" } }),
      answer(404, { error: {} }),
    ]) {
      expect(one).toMatchObject({ verdict: "unknown", code: "unavailable", isGone: false, retryable: true });
    }
  });

  it("an answer as it comes is gone in Graph's own words alone", () => {
    expect(answer(404, { error: { code: "ErrorItemNotFound" } })?.isGone).toBe(true);
    expect(answer(404, { error: { code: "ResourceNotFound" } })?.isGone).toBe(false);
  });
});

describe("a link to later changes", () => {
  const lost = (status: number, code: string | null, isFromGraph = true) =>
    isLinkLost({ status, code, isFromGraph });

  it.each([
    [410, null],
    [410, "SyncStateNotFound"],
    [404, "syncStateNotFound"],
    [400, "resyncRequired"],
    [400, "SyncStateInvalid"],
    [400, "BadRequest"],
  ])("a link to later changes is lost at %s %s", (status, code) => {
    expect(lost(status, code)).toBe(true);
  });

  it.each([
    [404, "ResourceNotFound"],
    [404, "ErrorItemNotFound"],
    [409, "ConcurrentItemSave"],
    [423, null],
    [429, null],
    [503, null],
  ])("a link to later changes is asked for again at %s %s", (status, code) => {
    expect(lost(status, code)).toBe(false);
  });

  it("a link to later changes is not lost by a page of a proxy's", () => {
    expect(lost(410, null, false)).toBe(false);
  });
});
