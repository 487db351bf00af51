import { use } from "react";
import { Panel } from "@/components/ui/panel";
import { type FormAction, PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import type { TeamsSetupFacts } from "@/lib/registration/setup-facts";

interface OfferPanelProps {
  facts: TeamsSetupFacts;
  /** The registration was tried, and went well. */
  isTried: boolean;
  action: FormAction;
}

/** Whether organizers are offered the integration: apart from its values. */
export function OfferPanel({ facts, isTried, action }: OfferPanelProps) {
  const words = translator("admin", use(getLocale()));
  const { state, missing, origins } = facts;
  const isComplete = missing.length === 0;
  const isOffered = state === "ready";
  return (
    <Panel aria-labelledby="offer" className="grid content-start gap-4">
      <div>
        <h2 id="offer" className="text-lg">
          {words("setup.offer.title")}
        </h2>
        <p className="text-sm text-muted">{words(`setup.offer.${reasonOf(facts)}`)}</p>
      </div>
      {origins.enabled === "environment" ? (
        <p className="text-sm font-semibold">
          {words("setup.offer.environment", { value: String(facts.enabled) })}
        </p>
      ) : (
        isComplete && (
          <div className="flex flex-wrap items-center gap-3">
            <PostForm action={action} fields={{ enabled: String(!isOffered) }}>
              <SubmitButton
                kind={isOffered ? "second" : "primary"}
                workingLabel={words(`setup.offer.${isOffered ? "disabling" : "enabling"}`)}
              >
                {words(`setup.offer.${isOffered ? "disable" : "enable"}`)}
              </SubmitButton>
            </PostForm>
            {!isOffered && !isTried && <p className="text-sm text-muted">{words("setup.offer.untested")}</p>}
          </div>
        )
      )}
    </Panel>
  );
}

function reasonOf({ state, missing }: TeamsSetupFacts): "ready" | "hidden" | "draft" | "incomplete" {
  if (state !== "not_configured") return state;
  return missing.length > 0 ? "incomplete" : "draft";
}
