/** Where people prove who they are, other than here. */
export const identityProviders = ["microsoft", "oidc"] as const;

export type IdentityProvider = (typeof identityProviders)[number];

/** Someone who has just proved at a provider who they are. */
export interface ProvenPerson {
  provider: IdentityProvider;
  /** With `subject` the only key that lasts: addresses and names change hands. */
  issuer: string;
  subject: string;
  email: string | null;
  /** As the provider says; null: it says nothing. */
  isEmailVerified: boolean | null;
  name: string | null;
  /** The organization at Microsoft; null elsewhere. */
  tenantId: string | null;
  /** Roles in this app, as an administrator at Microsoft gave them. */
  roles: string[];
}

/** Why a provider's answer names no one. */
export type Unproven =
  | "declined"
  | "need_admin_approval"
  | "misconfigured"
  | "unavailable"
  | "wrong_tenant"
  | "identity_refused"
  | "sign_in_failed";

/** What ties the way back to the way out. */
export interface Proof {
  state: string;
  nonce: string;
  /** PKCE. */
  verifier: string;
}
