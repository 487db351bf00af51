import { type ReactNode, use } from "react";
import { AskAdministrator } from "@/components/connections/ask-administrator";
import { Banner } from "@/components/ui/banner";
import type { FormAction } from "@/components/ui/post-form";
import type { ConnectionProblem } from "@/lib/connections/connect-return";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

const mayNeedAdministrator = new Set<ConnectionProblem["code"]>(["declined", "need_admin_approval"]);

const strong = (text: ReactNode) => <strong>{text}</strong>;

interface ConnectionProblemBannerProps {
  problem: ConnectionProblem;
  /** Opens the wait for an administrator. */
  askForApproval: FormAction;
  /** The page it is on, to come back to. */
  returnTo: string;
}

/** What came of a sign-in at Microsoft that ended without a connection, on the page where it began. */
export function ConnectionProblemBanner({ problem, askForApproval, returnTo }: ConnectionProblemBannerProps) {
  const words = translator("connections", use(getLocale()));
  const { code, supportCode } = problem;
  return (
    <div className="mb-6">
      <Banner
        tone={code === "need_admin_approval" ? "warning" : "danger"}
        role="alert"
        title={words(`problem.${code}.title`)}
        action={
          mayNeedAdministrator.has(code) && (
            <AskAdministrator action={askForApproval} returnTo={returnTo} kind="second" />
          )
        }
      >
        <p>{words(`problem.${code}.text`)}</p>
        {code === "declined" && (
          <ul className="list-disc ps-5">
            <li>{words.rich("problem.declined.refused", { strong })}</li>
            <li>{words.rich("problem.declined.unapproved", { strong })}</li>
          </ul>
        )}
        {supportCode && (
          <p className="mt-1 text-muted">{words("supportCode", { code: `${code} · ${supportCode}` })}</p>
        )}
      </Banner>
    </div>
  );
}
