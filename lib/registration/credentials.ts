/** How this server proves to the provider that it is the registered app: the ways it has, in the order they are tried. */
import type { ClientCertificate } from "@/lib/config/client-certificate";
import type { Registration } from "@/lib/registration/registration";

export type Credential =
  /** A token of the machine's own identity, from a file that its platform renews. */
  | { kind: "federated"; tokenFile: string }
  | ({ kind: "certificate" } & ClientCertificate)
  | { kind: "secret"; value: string };

/** Everything that is set: first what never has to be renewed by hand, last the secrets. */
export function listCredentials(
  app: Pick<Registration, "tokenFile" | "certificates" | "clientSecret" | "nextSecret">,
): Credential[] {
  const secrets = [app.clientSecret, app.nextSecret].filter((secret) => secret !== null);
  return [
    ...(app.tokenFile ? [{ kind: "federated", tokenFile: app.tokenFile } as const] : []),
    ...app.certificates.map((certificate) => ({ kind: "certificate", ...certificate }) as const),
    ...secrets.map((value) => ({ kind: "secret", value }) as const),
  ];
}

/** By what its use is noted; of a secret the secret itself, which is kept as a keyed hash alone. */
export function credentialKey(credential: Credential): string {
  switch (credential.kind) {
    case "federated":
      return `federated ${credential.tokenFile}`;
    case "certificate":
      return `certificate ${credential.thumbprint}`;
    case "secret":
      return credential.value;
  }
}

/** The last day of what this server signs in with, `YYYY-MM-DD`; null where it has none, or no one has said. */
export function lastDayOf(app: Registration): { kind: "certificate" | "secret"; expiresOn: string } | null {
  if (app.tokenFile) return null;
  const [first] = app.certificates;
  if (first) return { kind: "certificate", expiresOn: first.expiresOn };
  return app.expiresOn ? { kind: "secret", expiresOn: app.expiresOn } : null;
}
