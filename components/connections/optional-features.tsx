import { CheckCircleIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import type { ConnectionView } from "@/lib/connections/queries";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { allowHref, isAllowed, optionalFeatures } from "@/lib/registration/optional-scopes";

interface OptionalFeaturesProps {
  connection: ConnectionView;
  /** Whether anyone signs in at Microsoft here. */
  canSignIn: boolean;
  /** The page to come back to. */
  path: string;
}

/** What more an organizer can allow, each with one press; everything else works without. */
export function OptionalFeatures({ connection, canSignIn, path }: OptionalFeaturesProps) {
  const words = translator("connections", use(getLocale()));
  const granted = connection.grantedScopes;
  // Personal accounts have none of it, and of a managed one its organization decides.
  if (connection.accountKind === "personal" || connection.managed || !connection.works) return null;
  return (
    <Panel aria-labelledby="optional-features" className="grid content-start gap-4">
      <div>
        <h2 id="optional-features" className="text-lg">
          {words("optional.title")}
        </h2>
        <p className="max-w-[68ch] text-sm text-muted">{words("optional.lead")}</p>
      </div>
      <ul className="grid gap-4">
        {optionalFeatures.map((feature) => (
          <li key={feature} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
            <div className="min-w-0 flex-1 basis-64">
              <p className="font-strong">{words(`optional.features.${feature}.title`)}</p>
              <p className="text-sm text-muted">{words(`optional.features.${feature}.why`)}</p>
            </div>
            {isAllowed(feature, granted) ? (
              <Badge tone="success" glyph={CheckCircleIcon}>
                {words("optional.allowed")}
              </Badge>
            ) : (
              canSignIn && (
                <ButtonLink size="sm" href={allowHref(feature, path)}>
                  {words(`optional.features.${feature}.allow`)}
                </ButtonLink>
              )
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
