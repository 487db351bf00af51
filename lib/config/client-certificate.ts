/** A certificate that stands in for a client secret: read from PEM, with its private key, and checked before it is used. */
import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";

export interface ClientCertificate {
  /** PKCS #8, PEM. */
  privateKey: string;
  /** SHA-256 of the certificate in hex, as the Entra admin center and `openssl` show it without colons. */
  thumbprint: string;
  /** Its last day, `YYYY-MM-DD` in UTC. */
  expiresOn: string;
}

const block = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]+?-----END \1-----/g;

/**
 * Reads a certificate and its private key from one PEM text, in either order; of a chain the first is the app's own. A string
 * says what is wrong, without any of the text. Entra takes RSA keys alone (Microsoft: certificate-credentials).
 */
export function readClientCertificate(pem: string): ClientCertificate | string {
  const blocks = [...pem.replaceAll("\\n", "\n").matchAll(block)].map(([text, kind]) => ({
    text,
    kind: kind ?? "",
  }));
  const certificateText = blocks.find(({ kind }) => kind === "CERTIFICATE")?.text;
  const keyBlock = blocks.find(({ kind }) => kind.endsWith("PRIVATE KEY"));
  if (!certificateText) return "lacks a certificate. Use PEM, with BEGIN CERTIFICATE and BEGIN PRIVATE KEY";
  if (!keyBlock) return "lacks the private key. Add the PEM block BEGIN PRIVATE KEY to the certificate";
  if (keyBlock.kind.startsWith("ENCRYPTED") || keyBlock.text.includes("ENCRYPTED")) {
    return "has a private key with a passphrase. Remove it with: openssl pkey -in key.pem -out plain.pem";
  }
  let certificate: X509Certificate;
  let key: KeyObject;
  try {
    certificate = new X509Certificate(certificateText);
    key = createPrivateKey(keyBlock.text);
  } catch {
    return "can't be read. Export the certificate and its private key as PEM again";
  }
  if (key.asymmetricKeyType !== "rsa") return "isn't an RSA certificate. Microsoft accepts RSA only";
  if (!certificate.checkPrivateKey(key)) {
    return "has a private key that belongs to another certificate. Put the two that belong together into one file";
  }
  return {
    privateKey: key.export({ type: "pkcs8", format: "pem" }).toString(),
    thumbprint: certificate.fingerprint256.replaceAll(":", ""),
    expiresOn: new Date(certificate.validTo).toISOString().slice(0, 10),
  };
}
