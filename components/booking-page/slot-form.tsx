"use client";

import { unstable_rethrow } from "next/navigation";
import {
  type FormEvent,
  type ReactNode,
  startTransition,
  useActionState,
  useEffect,
  useRef,
  useState,
} from "react";
import { forgetTyping } from "@/components/booking-page/keep-typing";
import { TimeTag } from "@/components/booking-page/time-tag";
import { acrossBuilds } from "@/components/ui/across-builds";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { useHydrated } from "@/components/ui/use-hydrated";
import { useOffline } from "@/components/ui/use-offline";
import { openSlotForm, type SlotFormState } from "@/lib/booking-page/slot-form-state";

export type SlotAction = (state: SlotFormState, formData: FormData) => Promise<SlotFormState>;

export interface SlotFormWords {
  submit: string;
  working: string;
  /** Legend of the times offered instead. */
  choices: string;
  offline: string;
  offlineHint: string;
  unreachable: string;
  unreachableHint: string;
}

interface SlotFormProps {
  id: string;
  action: SlotAction;
  /** What the form shows first: as no one has sent it, or as it came back. */
  initial?: SlotFormState | undefined;
  /** Values that travel unseen. */
  hidden: Readonly<Record<string, string>>;
  /** Makes sending twice book once. */
  requestKey: string;
  words: SlotFormWords;
  /** Where to fix what is wrong: label and id by the name of the field. */
  places: Readonly<Record<string, { id: string; label: string }>>;
  /** The fields, given what came of the last try. */
  children?: (state: SlotFormState) => ReactNode;
}

/**
 * The form that asks for the chosen time. It works before its script has come; with it, what was typed and chosen stays even
 * when the network fails, and sending again is safe.
 */
export function SlotForm(props: SlotFormProps) {
  const { id, action, initial = openSlotForm, hidden, requestKey, words, places, children } = props;
  const careful = useHydrated() ? withCare(action, id, words) : action;
  const [state, send, isPending] = useActionState(careful, initial);
  const isOffline = useOffline();
  const [wasHeldBack, setHeldBack] = useState(false);
  const key = useFreshKey(requestKey);
  // A page that renews itself, or comes back with a mistake, is no form that was opened again.
  const [openedAt] = useState(state.values.openedAt ?? hidden.openedAt);
  const outcome = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (state.status === "refused") outcome.current?.focus();
  }, [state]);

  function submit(event: FormEvent<HTMLFormElement>) {
    // React would empty the form after sending it this way, and the chosen time with it.
    event.preventDefault();
    setHeldBack(isOffline);
    if (isPending || isOffline) return;
    const data = new FormData(event.currentTarget);
    startTransition(() => send(data));
  }

  return (
    <form
      id={id}
      action={send}
      onSubmit={submit}
      noValidate
      data-open={state.status === "refused" || undefined}
      className="grid gap-x-6 gap-y-5 md:grid-cols-2"
    >
      {Object.entries({ ...hidden, ...(openedAt ? { openedAt } : {}), requestKey: key }).map(
        ([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ),
      )}
      <div
        ref={outcome}
        tabIndex={-1}
        // biome-ignore lint/a11y/noAutofocus: without a script, the page that comes back starts at what went wrong
        autoFocus={state.status === "refused"}
        className="col-span-full grid gap-4 outline-none empty:hidden"
      >
        {state.status === "refused" && (
          <Refusal state={state} formId={id} legend={words.choices} places={places} />
        )}
      </div>
      {children?.(state)}
      {isOffline && wasHeldBack && (
        <div className="col-span-full">
          <Note tone="warning" role="status" title={words.offline}>
            {words.offlineHint}
          </Note>
        </div>
      )}
      <Button
        kind="primary"
        type="submit"
        workingLabel={words.working}
        isWorking={isPending}
        className="col-span-full w-full md:w-auto md:justify-self-start"
      >
        {words.submit}
      </Button>
    </form>
  );
}

interface RefusalProps {
  state: SlotFormState;
  formId: string;
  legend: string;
  places: SlotFormProps["places"];
}

function Refusal({ state, formId, legend, places }: RefusalProps) {
  const mistaken = Object.entries(places).filter(([name]) => state.errors[name]);
  return (
    <>
      <Banner tone={state.isRenewed ? "warning" : "danger"} role="alert" title={state.message}>
        {state.hint}
        {mistaken.length > 0 && (
          <ul>
            {mistaken.map(([name, place]) => (
              <li key={name}>
                <a href={`#${place.id}`}>{place.label}</a>
              </li>
            ))}
          </ul>
        )}
        {state.keptTime && <p className="mt-1 hidden [@media(scripting:none)]:block">{state.keptTime}</p>}
      </Banner>
      {state.choices.length > 0 && (
        <fieldset className="min-w-0">
          <legend className="mb-2 text-sm font-semibold">{legend}</legend>
          <div className="grid gap-2 md:grid-cols-2">
            {state.choices.map((choice) => (
              <TimeTag key={choice.start} choice={choice} formId={formId} aside="" />
            ))}
          </div>
        </fieldset>
      )}
      {state.choices.length === 0 && state.values.start && (
        <input type="hidden" name="keptStart" value={state.values.start} />
      )}
    </>
  );
}

/** A failure of the network or the server is shown in the form, and nothing that was typed is lost. */
function withCare(action: SlotAction, id: string, words: SlotFormWords): SlotAction {
  const send = acrossBuilds(action);
  return async (state, formData) => {
    try {
      return await send(state, formData);
    } catch (error) {
      rethrowArrival(error, id);
      return {
        ...openSlotForm,
        status: "refused",
        message: words.unreachable,
        hint: words.unreachableHint,
      };
    }
  };
}

/** What leads elsewhere has arrived: nothing of it is kept here any longer. */
function rethrowArrival(error: unknown, id: string): void {
  try {
    unstable_rethrow(error);
  } catch (arrival) {
    forgetTyping(id);
    throw arrival;
  }
}

/** A page that comes back from the browser's history must not speak for the booking it made before. */
function useFreshKey(given: string): string {
  const [key, setKey] = useState(given);
  useEffect(() => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    setKey(Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""));
  }, []);
  return key;
}
