import {
  ArchiveIcon,
  CheckCircleIcon,
  EnvelopeSimpleIcon,
  LinkBreakIcon,
  PaletteIcon,
  SealCheckIcon,
  SignInIcon,
  TrayIcon,
  UsersThreeIcon,
  XCircleIcon,
} from "@phosphor-icons/react/ssr";
import { use } from "react";
import { type Fact, FactList } from "@/components/ui/fact-list";
import { Panel } from "@/components/ui/panel";
import { type CheckName, type CheckProblem, checkNames, type Readiness } from "@/lib/health/readiness";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface ServerFactsProps {
  readiness: Readiness;
  signUp: "open" | "invite" | "closed";
  /** An SMTP server is set. */
  isSending: boolean;
  accounts: number;
  /** Confirmed bookings to come whose Teams link is not verified, of all organizers. */
  withoutLink: number;
  /** When the last backup was made, in words; null: none yet. */
  lastBackup: string | null;
}

/** Whether this server can do its work, and where its admin goes on. */
export function ServerFacts(props: ServerFactsProps) {
  const locale = use(getLocale());
  const words = translator("admin", locale);
  const brand = translator("brand", locale);
  const { readiness, signUp, isSending, accounts, withoutLink, lastBackup } = props;
  const isInOrder = Object.values(readiness.checks).every((check) => check.ok);
  return (
    <Panel aria-labelledby="this-server" className="grid content-start gap-4">
      <div>
        <h2 id="this-server" className="text-lg">
          {words("server.title")}
        </h2>
        <p className="text-sm text-muted">{words(isInOrder ? "server.ready" : "server.notReady")}</p>
      </div>
      <FactList
        facts={[
          ...factsOf(readiness, locale),
          {
            glyph: withoutLink === 0 ? SealCheckIcon : LinkBreakIcon,
            tone: withoutLink === 0 ? "success" : "danger",
            text: words("server.withoutLink", { count: withoutLink }),
            ...(withoutLink > 0
              ? { detail: <a href="/admin/connections">{words("server.whoWaits")}</a> }
              : {}),
          },
          {
            glyph: ArchiveIcon,
            text: lastBackup ? words("server.lastBackup", { at: lastBackup }) : words("server.noBackup"),
          },
          {
            glyph: isSending ? EnvelopeSimpleIcon : TrayIcon,
            text: words(isSending ? "server.mailSent" : "server.mailKept"),
            detail: <a href="/admin/outbox">{words("server.outbox")}</a>,
          },
          {
            glyph: signUp === "open" ? SignInIcon : UsersThreeIcon,
            text: words("server.signUp", { mode: signUp }),
            detail: <a href="/admin/users">{words("server.users", { count: accounts })}</a>,
          },
          {
            glyph: PaletteIcon,
            text: brand("adminFact"),
            detail: <a href="/admin/brand">{brand("adminLink")}</a>,
          },
        ]}
      />
    </Panel>
  );
}

function factsOf({ checks }: Readiness, locale: Locale): Fact[] {
  return checkNames.map((name) => {
    const check = checks[name];
    return {
      glyph: check.ok ? CheckCircleIcon : XCircleIcon,
      tone: check.ok ? "success" : "danger",
      text: sentenceOf(name, check.ok ? "ok" : check.problem, locale),
    };
  });
}

/** What a check found. A problem that a check has no sentence for means that it could not be made. */
function sentenceOf(name: CheckName, outcome: "ok" | CheckProblem, locale: Locale): string {
  const words = translator("admin", locale);
  switch (name) {
    case "database":
      return words(`server.database.${known(outcome, "ok", "session", "disk")}`);
    case "migrations":
      return words(`server.migrations.${known(outcome, "ok", "missing", "newer", "changed")}`);
    case "overlapConstraint":
      return words(`server.overlapConstraint.${known(outcome, "ok", "missing", "not_valid")}`);
    case "worker":
      return words(`server.worker.${known(outcome, "ok", "silent")}`);
  }
}

function known<const Outcome extends string>(
  outcome: string,
  ...outcomes: Outcome[]
): Outcome | "unreachable" {
  return outcomes.find((one) => one === outcome) ?? "unreachable";
}
