import { describe, expect, it } from "vitest";
import { signedHeaders } from "@/lib/webhooks/send";
import { isPublicAddress, targetProblem } from "@/lib/webhooks/targets";

describe("where webhooks may go on the Internet alone", () => {
  it.each(["https://example.com/hook", "https://93.184.215.14/", "https://[2606:2800:21f::1]:8443/x?y=z"])(
    "the check of webhook addresses lets %s pass",
    (address) => expect(targetProblem(address, "public")).toBeNull(),
  );

  it.each([
    ["http://example.com/", "webhook_not_https"],
    ["https://localhost/", "webhook_private"],
    ["https://n8n/", "webhook_private"],
    ["https://db.internal/", "webhook_private"],
    ["https://127.0.0.1/", "webhook_private"],
    ["https://10.1.2.3/", "webhook_private"],
    ["https://169.254.169.254/latest/meta-data", "webhook_private"],
    ["https://2130706433/", "webhook_private"],
    ["https://0x7f.1/", "webhook_private"],
    ["https://[::1]/", "webhook_private"],
    ["https://[::ffff:127.0.0.1]/", "webhook_private"],
    ["https://[fd00::1]/", "webhook_private"],
    ["https://[2002:7f00:1::]/", "webhook_private"],
    ["https://user:password@example.com/", "webhook_url"],
    ["ftp://example.com/", "webhook_url"],
    ["example.com", "webhook_url"],
  ])("the check of webhook addresses refuses %s", (address, problem) =>
    expect(targetProblem(address, "public")).toBe(problem),
  );

  it("the check of webhook addresses lets an installation's own network pass where its admin wants that, but no other scheme", () => {
    expect(targetProblem("http://n8n:5678/hook", "any")).toBeNull();
    expect(targetProblem("file:///etc/passwd", "any")).toBe("webhook_url");
  });

  it.each(["8.8.8.8", "172.32.0.1", "2a00:1450:4001::1"])(
    "the check of webhook addresses knows %s as public",
    (address) => expect(isPublicAddress(address)).toBe(true),
  );
  it.each([
    "0.0.0.0",
    "172.31.255.255",
    "192.168.0.1",
    "100.64.0.1",
    "224.0.0.1",
    "::",
    "fe80::1",
    "::ffff:8.8.8.8",
  ])("the check of webhook addresses knows %s as not public", (address) =>
    expect(isPublicAddress(address)).toBe(false),
  );
});

describe("a message's signature", () => {
  it("a message's signature is that of the Standard Webhooks specification's own example", () => {
    const message = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", body: '{"test": 2432232314}' };
    expect(signedHeaders(message, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", 1614265330_000)).toEqual({
      "Webhook-Id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "Webhook-Timestamp": "1614265330",
      "Webhook-Signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    });
  });
});
