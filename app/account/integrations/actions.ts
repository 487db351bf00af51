"use server";

import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { readParkedCookie } from "@/app/account/integrations/parked-cookie";
import type { DiagnosisState } from "@/components/connections/diagnosis-state";
import { describeDiagnosis, refuseDiagnosis } from "@/components/connections/diagnosis-words";
import { requireOrganizer } from "@/lib/auth/guards";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { consume } from "@/lib/auth/rate-limit";
import { isSameOrigin } from "@/lib/auth/same-origin";
import { readClock } from "@/lib/booking-page/visitor";
import { calendarChoicesInput, saveCalendarChoices } from "@/lib/calendars/choices";
import { askForApproval, endApproval } from "@/lib/connections/approval";
import { connectReturnTo, integrationsPath, withConnectionProblem } from "@/lib/connections/connect-return";
import { disconnect } from "@/lib/connections/disconnect";
import { forgetGrant } from "@/lib/connections/former-mailboxes";
import { dropSwitch, switchAccount } from "@/lib/connections/switch-account";
import { runTestBooking, type TestBookingRefusal } from "@/lib/connections/test-booking";
import { verifyConnection } from "@/lib/connections/verify";
import { clockTime, dayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { ProviderError } from "@/lib/meetings/provider";
import { signInPort } from "@/lib/meetings/registry-sign-in";
import { buttonAction, type FormOutcome, formAction } from "@/lib/reader/action";
import { getLocale } from "@/lib/reader/locale";
import { getOwnTimeZone } from "@/lib/schedules/queries";
import { localDateOf } from "@/lib/slot-engine/zone";

const guard = () => requireOrganizer(integrationsPath);
const nothing = z.object({});

export const disconnectTeams = buttonAction({
  guard,
  schema: nothing,
  async run(_input, { who }) {
    await disconnect(who.scope);
    revalidatePath("/account", "layout");
  },
});

export const chooseSwitch = buttonAction({
  guard,
  schema: z.object({ choice: z.enum(["keep", "move", "stay"]) }),
  async run({ choice }, { who }) {
    const token = await readParkedCookie();
    if (choice === "stay") {
      await dropSwitch(who.scope, token);
      redirect(integrationsPath);
    }
    const switched = await switchAccount({ scope: who.scope, token, choice });
    revalidatePath("/account", "layout");
    if (switched.ok) redirect(switched.value.returnTo);
    redirect(withConnectionProblem(integrationsPath, { code: switched.error.code, supportCode: null }));
  },
});

export const forgetMailbox = buttonAction({
  guard,
  schema: z.object({ mailboxId: z.uuid() }),
  async run({ mailboxId }, { who }) {
    await forgetGrant(who.scope, mailboxId);
    revalidatePath("/account", "layout");
  },
});

export const askAdministrator = buttonAction({
  guard,
  schema: z.object({ returnTo: z.string() }),
  async run({ returnTo }, { who }) {
    await askForApproval(who.scope, connectReturnTo(returnTo));
    redirect(`${integrationsPath}/approval`);
  },
});

export const stopWaiting = buttonAction({
  guard,
  schema: nothing,
  async run(_input, { who }) {
    await endApproval(who.scope);
    redirect(integrationsPath);
  },
});

/** Looks at the account again, as the weekly check does. */
export const checkConnection = formAction({
  guard,
  schema: nothing,
  async run(_input, { who }): Promise<FormOutcome> {
    const words = translator("connections", await getLocale());
    const allowed = await consume("connectionCheck", who.id);
    if (!allowed.ok) {
      const minutes = Math.ceil(allowed.retryAfterSeconds / 60);
      return { status: "refused", message: words("check.tooOften", { minutes }) };
    }
    try {
      await verifyConnection(who.scope);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      if (error.retryable) return { status: "refused", message: words("check.failed") };
      revalidatePath("/account", "layout");
      return { status: "refused", message: words(`test.failed.${error.code}`) };
    }
    revalidatePath("/account", "layout");
    return { status: "done", message: words("check.done") };
  },
});

export const saveCalendars = formAction({
  guard,
  schema: calendarChoicesInput,
  read: (formData) => ({
    blockingIds: formData.getAll("blocks"),
    targetId: formData.get("target") === "none" ? null : formData.get("target"),
    blockingStatuses: formData.getAll("status"),
    staleAfterMinutes: Number(formData.get("staleAfterMinutes")),
    whenUnreachable: formData.get("whenUnreachable"),
  }),
  async run(choices, { who }): Promise<FormOutcome> {
    const words = translator("calendars", await getLocale());
    const saved = await saveCalendarChoices(who.scope, choices);
    if (!saved.ok) return { status: "refused", message: words(saved.error.code) };
    revalidatePath("/account", "layout");
    return { status: "done", message: words("saved") };
  },
});

export const testConnection = formAction({
  guard,
  schema: nothing,
  async run(_input, { who }): Promise<FormOutcome> {
    const locale = await getLocale();
    const words = translator("connections", locale);
    const allowed = await consume("testBooking", who.id);
    if (!allowed.ok) {
      const minutes = Math.ceil(allowed.retryAfterSeconds / 60);
      return { status: "refused", message: words("test.tooOften", { minutes }) };
    }
    const tested = await runTestBooking(who.scope, locale);
    revalidatePath("/account", "layout");
    if (!tested.ok) return { status: "refused", message: await describeRefusal(who.scope, tested.error) };
    const seconds = (tested.value.durationMs / 1000).toFixed(1);
    const message = words(tested.value.hasLink ? "test.done" : "test.doneCalendar", { seconds });
    return { status: "done", message };
  },
});

/** Looks at the organizer's own connection, step by step. */
export async function diagnoseConnection(
  _state: DiagnosisState,
  _formData: FormData,
): Promise<DiagnosisState> {
  const locale = await getLocale();
  if (!isSameOrigin(await headers()))
    return refuseDiagnosis(translator("auth", locale)("form.foreignOrigin"));
  const { id, scope } = await guard();
  const allowed = await consume("connectionCheck", id);
  if (!allowed.ok) {
    const minutes = Math.ceil(allowed.retryAfterSeconds / 60);
    return refuseDiagnosis(translator("connections", locale)("diagnose.tooOften", { minutes }));
  }
  const steps = await signInPort("teams").diagnose(scope);
  revalidatePath("/account", "layout");
  return describeDiagnosis(steps, new Date(), locale);
}

async function describeRefusal(scope: OwnerScope, { code, leftAt }: TestBookingRefusal): Promise<string> {
  const locale = await getLocale();
  const words = translator("connections", locale);
  const said = words(`test.failed.${code}`);
  if (!leftAt) return said;
  const timeZone = await getOwnTimeZone(scope);
  const day = dayName(localDateOf(leftAt.getTime(), timeZone), locale);
  const time = clockTime(leftAt.getTime(), timeZone, await readClock());
  return translator("common", locale)("sentences", {
    first: said,
    second: words("test.left", { day, time }),
  });
}
