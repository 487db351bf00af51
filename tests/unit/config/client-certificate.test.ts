import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readClientCertificate } from "@/lib/config/client-certificate";
import { EnvError, parseEnv } from "@/lib/config/env";
import { makeCertificate } from "@/tests/support/certificate";

const folder = mkdtempSync(path.join(tmpdir(), "bellhop-certificate-"));
const enough = {
  SESSION_SECRET: "a".repeat(32),
  TOKEN_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`,
  DATA_DIR: folder,
};
const one = makeCertificate({ days: 100 });

describe("a certificate instead of a secret", () => {
  it("a certificate instead of a secret is read with its key from one file, in either order, and with a chain", () => {
    const other = makeCertificate();
    const read = readClientCertificate(one.pem);
    expect(read).toMatchObject({ thumbprint: expect.stringMatching(/^[0-9A-F]{64}$/) });
    expect(readClientCertificate(`${one.publicPart}${one.key}`)).toEqual(read);
    expect(readClientCertificate(`${one.pem}${other.publicPart}`)).toEqual(read);
    // As one line of a .env file.
    expect(readClientCertificate(one.pem.replaceAll("\n", "\\n"))).toEqual(read);
    const lastDay = new Date(Date.now() + 100 * 24 * 3600_000).toISOString().slice(0, 10);
    expect(read).toMatchObject({ expiresOn: lastDay });
  });

  it("a certificate instead of a secret that can't be used stops the start with what is wrong, and nothing of the key", () => {
    const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    const ecPem = elliptic.export({ type: "pkcs8", format: "pem" }).toString();
    const locked = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({
      type: "pkcs8",
      format: "pem",
      cipher: "aes-256-cbc",
      passphrase: "x",
    });
    const cases: [string, RegExp][] = [
      ["hello", /lacks a certificate/],
      [one.key, /lacks a certificate/],
      [one.publicPart, /lacks the private key/],
      [`${locked}${one.publicPart}`, /passphrase/],
      [`${ecPem}${one.publicPart}`, /RSA only/],
      [`${makeCertificate().key}${one.publicPart}`, /belongs to another certificate/],
      [one.pem.replace(/MII.{40}/, ""), /can't be read/],
    ];
    for (const [pem, complaint] of cases) {
      const file = path.join(folder, "client.pem");
      writeFileSync(file, pem);
      try {
        parseEnv({ ...enough, TEAMS_CLIENT_CERTIFICATE_FILE: file });
        expect.unreachable(String(complaint));
      } catch (error) {
        if (!(error instanceof EnvError)) throw error;
        expect(error.lines).toEqual([expect.stringMatching(complaint)]);
        expect(error.lines[0]).toMatch(/^TEAMS_CLIENT_CERTIFICATE /);
        expect(error.lines.join()).not.toContain(one.key.slice(40, 80));
      }
    }
  });

  it("a certificate instead of a secret may have a second, and a token file has a full path", () => {
    const values = parseEnv({
      ...enough,
      TEAMS_CLIENT_CERTIFICATE: one.pem,
      TEAMS_CLIENT_CERTIFICATE_NEXT: makeCertificate().pem,
      TEAMS_FEDERATED_TOKEN_FILE: "/var/run/token",
    });
    expect(values.TEAMS_CLIENT_CERTIFICATE_NEXT?.thumbprint).not.toBe(
      values.TEAMS_CLIENT_CERTIFICATE?.thumbprint,
    );
    expect(() => parseEnv({ ...enough, TEAMS_FEDERATED_TOKEN_FILE: "token" })).toThrow(/isn't a full path/);
  });
});
