"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { readParkedCookie } from "@/app/account/integrations/parked-cookie";
import { noDiagnosis } from "@/components/connections/diagnosis-state";
import { describeDiagnosis } from "@/components/connections/diagnosis-words";
import { chooseLocale } from "@/lib/accounts/locale";
import { requireOrganizer } from "@/lib/auth/guards";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { readClock } from "@/lib/booking-page/visitor";
import { chooseAutomaticReplies } from "@/lib/calendars/automatic-replies";
import { calendarChoicesInput, saveCalendarChoices } from "@/lib/calendars/choices";
import { addSharedCalendar, removeSharedCalendar, sharedCalendarInput } from "@/lib/calendars/shared";
import { askForApproval, endApproval } from "@/lib/connections/approval";
import { connectReturnTo, integrationsPath, withConnectionProblem } from "@/lib/connections/connect-return";
import { disconnect } from "@/lib/connections/disconnect";
import { forgetGrant } from "@/lib/connections/former-mailboxes";
import { dropSwitch, switchAccount } from "@/lib/connections/switch-account";
import { runTestBooking, type TestBookingRefusal } from "@/lib/connections/test-booking";
import { verifyConnection } from "@/lib/connections/verify";
import { placeOf } from "@/lib/format/places";
import { clockTime, dayName } from "@/lib/format/spoken-time";
import { findLocale, type Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { ProviderError } from "@/lib/meetings/provider";
import { signInPort } from "@/lib/meetings/registry-sign-in";
import { buttonAction, type FormOutcome, formAction } from "@/lib/reader/action";
import { takeOutlookZone } from "@/lib/schedules/outlook-zone";
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
  limit: { name: "connectionCheck", per: ({ id }) => id },
  describeWait: (minutes, locale) => translator("connections", locale)("check.tooOften", { minutes }),
  async run(_input, { who, locale }): Promise<FormOutcome> {
    const words = translator("connections", locale);
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
  async run(choices, { who, locale }): Promise<FormOutcome> {
    const words = translator("calendars", locale);
    const saved = await saveCalendarChoices(who.scope, choices);
    if (!saved.ok) return { status: "refused", message: words(saved.error.code) };
    revalidatePath("/account", "layout");
    return { status: "done", message: words("saved") };
  },
});

export const shareCalendar = formAction({
  guard,
  schema: sharedCalendarInput,
  limit: { name: "connectionCheck", per: ({ id }) => id },
  describeWait: (minutes, locale) => translator("connections", locale)("check.tooOften", { minutes }),
  async run(input, { who, locale }): Promise<FormOutcome> {
    const words = translator("calendars", locale);
    const added = await addSharedCalendar(who.scope, input);
    if (!added.ok) return { status: "refused", message: words(`shared.refused.${added.error.code}`) };
    revalidatePath("/account", "layout");
    return { status: "done", message: words("shared.added") };
  },
});

export const unshareCalendar = buttonAction({
  guard,
  schema: z.object({ id: z.uuid() }),
  async run({ id }, { who }) {
    await removeSharedCalendar(who.scope, id);
    revalidatePath("/account", "layout");
  },
});

/** The replies' own box of the panel of the mailbox. */
export const saveAutomaticReplies = formAction({
  guard,
  schema: z.object({ closesTimes: z.boolean() }),
  read: (formData) => ({ closesTimes: formData.get("closesTimes") !== null }),
  async run(choice, { who, locale }): Promise<FormOutcome> {
    const words = translator("connections", locale);
    const saved = await chooseAutomaticReplies(who.scope, choice);
    revalidatePath("/account", "layout");
    return saved.ok
      ? { status: "done", message: words("mailbox.saved") }
      : { status: "refused", message: words(`mailbox.${saved.error.code}`) };
  },
});

/** Zone and language as the mailbox has them, by one press. */
export const takeMailboxZone = formAction({
  guard,
  schema: nothing,
  async run(_input, { who, locale }): Promise<FormOutcome> {
    const taken = await takeOutlookZone(who.scope);
    if (!taken.ok)
      return { status: "refused", message: translator("connections", locale)("mailbox.unavailable") };
    const { timeZone, language } = taken.value;
    const spoken = language === null ? null : findLocale([language]);
    if (spoken) await chooseLocale(who.scope, { locale: spoken, isChosen: true });
    revalidatePath("/", "layout");
    const words = translator("connections", spoken ?? locale);
    if (!timeZone) return { status: "refused", message: words("mailbox.noZone") };
    return {
      status: "done",
      message: words("mailbox.taken", { place: placeOf(timeZone, spoken ?? locale) }),
    };
  },
});

export const testConnection = formAction({
  guard,
  schema: nothing,
  limit: { name: "testBooking", per: ({ id }) => id },
  describeWait: (minutes, locale) => translator("connections", locale)("test.tooOften", { minutes }),
  async run(_input, { who, locale }): Promise<FormOutcome> {
    const words = translator("connections", locale);
    const tested = await runTestBooking(who.scope, locale);
    revalidatePath("/account", "layout");
    if (!tested.ok)
      return { status: "refused", message: await describeRefusal(who.scope, tested.error, locale) };
    const seconds = (tested.value.durationMs / 1000).toFixed(1);
    const message = words(tested.value.hasLink ? "test.done" : "test.doneCalendar", { seconds });
    return { status: "done", message };
  },
});

/** Looks at the organizer's own connection, step by step. */
export const diagnoseConnection = formAction({
  guard,
  blank: noDiagnosis,
  schema: z.object({}),
  limit: { name: "connectionCheck", per: ({ id }) => id },
  describeWait: (minutes, locale) => translator("connections", locale)("diagnose.tooOften", { minutes }),
  async run(_input, { who, locale }) {
    const steps = await signInPort("teams").diagnose(who.scope);
    revalidatePath("/account", "layout");
    return describeDiagnosis(steps, new Date(), locale);
  },
});

async function describeRefusal(
  scope: OwnerScope,
  { code, leftAt }: TestBookingRefusal,
  locale: Locale,
): Promise<string> {
  const words = translator("connections", locale);
  const said = words(`test.failed.${code}`);
  if (!leftAt) return said;
  const timeZone = await getOwnTimeZone(scope);
  const day = dayName(localDateOf(leftAt.getTime(), timeZone), locale);
  const time = clockTime(leftAt.getTime(), timeZone, await readClock(), locale);
  return translator("common", locale)("sentences", {
    first: said,
    second: words("test.left", { day, time }),
  });
}
