import { readSupportCode } from "@/lib/connections/support-code";
import { type IdentityProvider, identityProviders } from "@/lib/identities/person";
import { type SignInProblem, signInProblems } from "@/lib/identities/sign-in";
import type { Variant } from "@/lib/identities/variant";

/** What came of a sign-in at a provider that led nowhere, as the address of the page it began on carries it back. */
export interface ShownProblem {
  provider: IdentityProvider;
  code: SignInProblem;
  /** Also is in the log, beside what the provider said. */
  supportCode: string | null;
}

const pages = {
  enter: "/sign-in",
  link: "/account/security",
  confirm: "/account/security/confirm",
} satisfies Record<Variant["purpose"], string>;

/** The page to go on from: where the sign-in began, with what went wrong and where the person was on their way to. */
export function withSignInProblem(
  { purpose, returnTo }: { purpose: Variant["purpose"]; returnTo: string | null },
  { provider, code, supportCode }: ShownProblem,
): string {
  const query = new URLSearchParams({ provider, problem: code });
  if (supportCode) query.set("supportCode", supportCode);
  if (returnTo && purpose !== "link") query.set("returnTo", returnTo);
  return `${pages[purpose]}?${query}`;
}

/** What a page's query says went wrong; null when nothing did, or nothing that we know. */
export function readSignInProblem(query: Readonly<Record<string, unknown>>): ShownProblem | null {
  const provider = identityProviders.find((one) => one === query.provider);
  const code = signInProblems.find((one) => one === query.problem);
  return provider && code ? { provider, code, supportCode: readSupportCode(query.supportCode) } : null;
}
