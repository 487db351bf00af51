import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/* A device with passkeys, in software (WebAuthn Level 3): what a browser would send, and what an attacker would. */

const sha256 = (data: Uint8Array | string) => createHash("sha256").update(data).digest();
const base64url = (data: Uint8Array | string) => Buffer.from(data).toString("base64url");

/** As much of CBOR (RFC 8949) as attestations and COSE keys need. */
function cbor(value: unknown): Buffer {
  if (typeof value === "number") return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === "string")
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  if (value instanceof Map) {
    const entries = [...value].flatMap(([key, inner]) => [cbor(key), cbor(inner)]);
    return Buffer.concat([head(5, value.size), ...entries]);
  }
  throw new Error("Not needed here");
}

function head(type: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(type << 5) | length]);
  if (length < 256) return Buffer.from([(type << 5) | 24, length]);
  return Buffer.from([(type << 5) | 25, length >> 8, length & 255]);
}

export interface Lies {
  origin?: string;
  rpId?: string;
  /** Nobody has touched the device. */
  present?: boolean;
  /** The device has not asked for a finger or a PIN. */
  verified?: boolean;
  /** What it says of whose passkey it is. */
  userHandle?: string;
  /** Another device's signature. */
  signedBy?: Authenticator;
  challenge?: string;
}

export class Authenticator {
  readonly id = randomBytes(16);
  /** Counts each use; 0 forever is a passkey that is synced. */
  counter: number;
  userHandle = base64url("nobody");
  readonly #keys: { publicKey: KeyObject; privateKey: KeyObject };

  constructor(
    readonly origin = "http://localhost:3000",
    { counts = true } = {},
  ) {
    this.counter = counts ? 1 : 0;
    this.#keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  }

  /** A new passkey, as `startRegistration` gives it. */
  create({ challenge, user }: { challenge: string; user: { id: string } }, lies: Lies = {}) {
    this.userHandle = user.id;
    const { x = "", y = "" } = this.#keys.publicKey.export({ format: "jwk" });
    const cose = new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, "base64url")],
      [-3, Buffer.from(y, "base64url")],
    ]);
    const length = Buffer.from([0, this.id.length]);
    const attested = Buffer.concat([Buffer.alloc(16), length, this.id, cbor(cose)]);
    const attestationObject = cbor(
      new Map<string, unknown>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", Buffer.concat([this.#authenticatorData(lies, 0x40), attested])],
      ]),
    );
    return this.#credential({
      clientDataJSON: base64url(this.#clientData("webauthn.create", challenge, lies)),
      attestationObject: base64url(attestationObject),
      transports: ["internal"],
    });
  }

  /** A signature, as `startAuthentication` gives it. */
  get({ challenge }: { challenge: string }, lies: Lies = {}) {
    if (this.counter > 0) this.counter += 1;
    const clientData = this.#clientData("webauthn.get", challenge, lies);
    const authenticatorData = this.#authenticatorData(lies);
    const signer = lies.signedBy ?? this;
    const signature = signer.#sign(Buffer.concat([authenticatorData, sha256(clientData)]));
    return this.#credential({
      clientDataJSON: base64url(clientData),
      authenticatorData: base64url(authenticatorData),
      signature: base64url(signature),
      userHandle: lies.userHandle ?? this.userHandle,
    });
  }

  #credential<Response extends object>(response: Response) {
    const id = base64url(this.id);
    return { id, rawId: id, type: "public-key" as const, clientExtensionResults: {}, response };
  }

  #clientData(type: string, challenge: string, { origin = this.origin, challenge: other }: Lies): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge: other ?? challenge, origin, crossOrigin: false }));
  }

  #authenticatorData(
    { rpId = new URL(this.origin).hostname, present = true, verified = true }: Lies,
    more = 0,
  ): Buffer {
    const flags = (present ? 0x01 : 0) | (verified ? 0x04 : 0) | more;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), counter]);
  }

  #sign(data: Uint8Array): Buffer {
    return sign("sha256", data, this.#keys.privateKey);
  }
}
