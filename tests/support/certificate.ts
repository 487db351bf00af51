import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** DER: a tag, the length, and what it contains. */
function der(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const size = body.length;
  const bytes = size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...(size < 128 ? [size] : bytes)]), body]);
}

const sequence = (...content: Buffer[]) => der(0x30, ...content);
const dayMs = 24 * 3600_000;
const sha256WithRsa = sequence(Buffer.from("06092a864886f70d01010b0500", "hex"));

/** A self-signed RSA certificate, as `openssl req -x509` makes them: its public part, its key, and both as one PEM text. */
export function makeCertificate({ days = 365, name = "bellhop" } = {}) {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const subject = sequence(
    der(0x31, sequence(Buffer.from("0603550403", "hex"), der(0x0c, Buffer.from(name)))),
  );
  const time = (at: number) =>
    der(0x18, Buffer.from(`${new Date(at).toISOString().replace(/[-:T]|\.\d+/g, "")}`));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    sha256WithRsa,
    subject,
    sequence(time(Date.now() - 30 * dayMs), time(Date.now() + days * dayMs)),
    subject,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = sign("sha256", body, privateKey);
  const whole = sequence(body, sha256WithRsa, der(0x03, Buffer.from([0]), signature));
  const lines = whole.toString("base64").replace(/(.{64})/g, "$1\n");
  const publicPart = `-----BEGIN CERTIFICATE-----\n${lines.trim()}\n-----END CERTIFICATE-----\n`;
  const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { publicPart, key, pem: `${key}${publicPart}` };
}
