"use client";

import { CheckCircleIcon, MinusCircleIcon, WarningIcon, XCircleIcon } from "@phosphor-icons/react/ssr";
import { useActionState, useEffect, useRef } from "react";
import { type DiagnosisState, openDiagnosis } from "@/components/connections/diagnosis-state";
import { Banner } from "@/components/ui/banner";
import { CopyButton, type CopyWords } from "@/components/ui/copy-button";
import { FactList } from "@/components/ui/fact-list";
import { SubmitButton } from "@/components/ui/submit-button";

interface DiagnoseFormProps {
  action: (state: DiagnosisState, formData: FormData) => Promise<DiagnosisState>;
  /** Values that travel unseen: whose connection it is. */
  hidden?: Readonly<Record<string, string>>;
  words: {
    label: string;
    working: string;
    hint: string;
    copy: CopyWords;
  };
}

const glyphs = { success: CheckCircleIcon, warning: WarningIcon, danger: XCircleIcon, none: MinusCircleIcon };

/** Has a connection looked at, and shows each step of the look. */
export function DiagnoseForm({ action, hidden = {}, words }: DiagnoseFormProps) {
  const [state, send] = useActionState(action, openDiagnosis);
  const found = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state.status !== "open") found.current?.focus();
  }, [state]);
  return (
    <div className="grid gap-3">
      <form action={send} className="grid gap-2">
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <SubmitButton kind="second" workingLabel={words.working} className="justify-self-start">
          {words.label}
        </SubmitButton>
        <p className="text-sm text-muted">{words.hint}</p>
      </form>
      <div ref={found} tabIndex={-1} className="grid gap-4 outline-none empty:hidden">
        {state.status !== "open" && (
          <Banner
            tone={state.tone}
            role={state.status === "refused" ? "alert" : "status"}
            title={state.message}
          />
        )}
        {state.steps.length > 0 && (
          <>
            <FactList
              facts={state.steps.map(({ name, tone, text, technical }) => ({
                glyph: glyphs[tone],
                tone,
                text: (
                  <>
                    <span className="font-semibold">{name}.</span> {text}
                  </>
                ),
                ...(technical && {
                  detail: <code className="font-mono text-xs wrap-anywhere">{technical}</code>,
                }),
              }))}
            />
            <div>
              <CopyButton {...words.copy} kind="quiet" size="sm" flush text={state.report} />
            </div>
          </>
        )}
      </div>
    </div>
  );
}
