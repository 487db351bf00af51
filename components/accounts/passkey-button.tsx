"use client";

import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import { useEffect, useId, useRef, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useHydrated } from "@/components/ui/use-hydrated";

type Purpose = "enter" | "confirm" | "add";

export interface PasskeyWords {
  label: string;
  workingLabel: string;
  /** The browser gave up: the person turned back, or has no passkey here. */
  failed: string;
  /** The server did not answer. */
  unreachable: string;
}

interface PasskeyButtonProps {
  purpose: Purpose;
  returnTo: string;
  /** Of a new passkey: the field's label, and what is in it at first. */
  name?: { label: string; value: string };
  /** Also offers passkeys where the browser fills in the email field. */
  fillsIn?: boolean;
  block?: boolean;
  words: PasskeyWords;
}

/** What the server said no to: to ask a passkey at all, or to what the passkey has signed. */
class Refused extends Error {
  constructor(
    message: string,
    readonly to: "question" | "answer",
  ) {
    super(message);
  }
}

/** Signs in, or makes a passkey, by the browser's own dialog. There is nothing in the page where a browser can't, or runs no script. */
export function PasskeyButton({
  purpose,
  returnTo,
  name,
  fillsIn,
  block = false,
  words,
}: PasskeyButtonProps) {
  const [isWorking, setWorking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const nameField = useRef<HTMLInputElement>(null);
  const id = useId();
  const isHydrated = useHydrated();

  useEffect(() => {
    if (!fillsIn) return;
    let isLeft = false;
    offerWhereFilledIn(returnTo, () => isLeft).catch((error) => {
      // Someone who chose another way, left, or has not chosen a passkey is told nothing.
      if (error instanceof Refused && error.to === "answer") setProblem(error.message);
    });
    return () => {
      isLeft = true;
    };
  }, [fillsIn, returnTo]);

  if (!isHydrated || !("PublicKeyCredential" in window)) return null;

  async function press() {
    setWorking(true);
    setProblem(null);
    try {
      await run(purpose, { returnTo, ...(name ? { name: nameField.current?.value ?? name.value } : {}) });
    } catch (error) {
      setWorking(false);
      if (error instanceof Refused) setProblem(error.message);
      else setProblem(error instanceof TypeError ? words.unreachable : words.failed);
    }
  }

  return (
    <div className="grid gap-4">
      {problem && <Banner tone="danger" role="alert" title={problem} />}
      {name && (
        <Field id={id} label={name.label}>
          {(control) => (
            <Input
              {...control}
              ref={nameField}
              defaultValue={name.value}
              maxLength={100}
              autoComplete="off"
            />
          )}
        </Field>
      )}
      <Button
        type="button"
        block={block}
        className={block ? "" : "justify-self-start"}
        isWorking={isWorking}
        workingLabel={words.workingLabel}
        onClick={press}
      >
        {words.label}
      </Button>
    </div>
  );
}

const load = () => import("@simplewebauthn/browser");

/** One ceremony from the question to where the answer leads. */
async function run(purpose: Purpose, more: object, useBrowserAutofill = false): Promise<void> {
  const question = await ask("/api/auth/passkey/options", { purpose });
  if (!question) return;
  const { startAuthentication, startRegistration } = await load();
  const response =
    purpose === "add"
      ? await startRegistration({ optionsJSON: question as PublicKeyCredentialCreationOptionsJSON })
      : await startAuthentication({
          optionsJSON: question as PublicKeyCredentialRequestOptionsJSON,
          useBrowserAutofill,
        });
  await ask("/api/auth/passkey", { purpose, response, ...more });
}

async function offerWhereFilledIn(returnTo: string, isLeft: () => boolean): Promise<void> {
  const can = await window.PublicKeyCredential?.isConditionalMediationAvailable?.();
  if (can && !isLeft()) await run("enter", { returnTo }, true);
}

/** What the server asks a passkey; null once the page is being left for where it says. */
async function ask(address: string, body: object): Promise<object | null> {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const said = (await answer.json()) as { options?: object; location?: string; message?: string };
  if (said.options) return said.options;
  if (said.location === undefined) {
    throw new Refused(said.message ?? "", "response" in body ? "answer" : "question");
  }
  window.location.assign(said.location);
  return null;
}
