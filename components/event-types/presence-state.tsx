import { use } from "react";
import type { ConnectionView } from "@/lib/connections/queries";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { allowHref, isAllowed } from "@/lib/registration/optional-scopes";

interface PresenceStateProps {
  connection: ConnectionView | null;
  /** Whether anyone signs in at Microsoft here. */
  mayConnect: boolean;
  path: string;
}

/** What *Available now* still needs of its organizer's connection; nothing where it has it. */
export function PresenceState({ connection, mayConnect, path }: PresenceStateProps) {
  const words = translator("event-types", use(getLocale()));
  if (!connection?.works || connection.accountKind === "personal") {
    return <p className="text-sm text-muted">{words("presence.noAccount")}</p>;
  }
  if (isAllowed("presence", connection.grantedScopes)) return null;
  return (
    <p className="text-sm text-muted">
      {words("presence.notAllowed")}{" "}
      {mayConnect && <a href={allowHref("presence", path)}>{words("presence.allow")}</a>}
    </p>
  );
}
