import { use } from "react";
import { Note } from "@/components/ui/note";
import { translator } from "@/lib/i18n/translator";
import type { ShownProblem } from "@/lib/identities/problem-address";
import { providerName } from "@/lib/identities/provider-name";
import { getLocale } from "@/lib/reader/locale";

/** Those that only the person who runs the server can look into. */
const operatorsProblems = new Set<ShownProblem["code"]>([
  "misconfigured",
  "identity_refused",
  "sign_in_failed",
]);

/** What came of a sign-in at an identity provider that led nowhere, on the page where it began. */
export function SignInProblemNote({ problem }: { problem: ShownProblem }) {
  const locale = use(getLocale());
  const words = translator("auth", locale);
  const { provider, code, supportCode } = problem;
  const name = providerName(provider);
  const values = { name, account: linkWords(provider, words) };
  return (
    <Note
      tone={code === "declined" ? "warning" : "danger"}
      role="alert"
      title={words(`problem.${code}.title`, values)}
    >
      <p>{words(`problem.${code}.text`, values)}</p>
      {supportCode && operatorsProblems.has(code) && (
        <p>{words("supportCode", { code: `${code} · ${supportCode}` })}</p>
      )}
    </Note>
  );
}

function linkWords(provider: ShownProblem["provider"], words: ReturnType<typeof translator<"auth">>): string {
  return provider === "microsoft"
    ? words("provider.microsoftAccount")
    : words("provider.oidcAccount", { name: providerName(provider) });
}
