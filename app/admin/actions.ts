"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { describeFindings } from "@/app/admin/finding-words";
import { noFindings, type Shown } from "@/components/admin/setup-state";
import { requireAdmin } from "@/lib/auth/guards";
import { consume } from "@/lib/auth/rate-limit";
import { tryAddresses } from "@/lib/calendars/address-test";
import { translator } from "@/lib/i18n/translator";
import { signInPort } from "@/lib/meetings/registry-sign-in";
import { buttonAction, type FormOutcome, formAction, minutesOf } from "@/lib/reader/action";
import { readNextSecret } from "@/lib/registration/next-secret";
import {
  enableRegistration,
  promoteNextSecret,
  registration,
  saveRegistration,
} from "@/lib/registration/registration";
import {
  asTyped,
  checkInput,
  type Findings,
  joinFindings,
  setupInputSchema,
  toSave,
} from "@/lib/registration/setup-input";
import { isComplete } from "@/lib/registration/setup-state";

const countStops = (findings: Findings) => Object.values(findings).filter(({ stops }) => stops).length;
const countTone = (findings: Findings, tone: "warning" | "danger") =>
  Object.values(findings).filter((finding) => finding.tone === tone).length;

/**
 * The set-up form. `intent` is `look` (at the values alone, as the admin goes), `check` (asks Microsoft too) or `save`, which
 * keeps what is right and offers nothing to anyone. What is typed stays, but for secrets.
 */
export const setUpTeams = formAction({
  guard: requireAdmin,
  blank: noFindings,
  schema: setupInputSchema.extend({ intent: z.enum(["look", "check", "save"]).catch("look") }),
  async run({ intent, ...input }, { who, locale, values }): Promise<FormOutcome<Shown>> {
    const words = translator("admin", locale);
    const app = await registration();
    const findings = checkInput(input, app, Date.now(), await readNextSecret(app));
    if (intent === "look") {
      return { status: "done", intent, values, findings: describeFindings(findings, locale), message: null };
    }
    const stops = countStops(findings);
    if (stops > 0) {
      const message =
        intent === "save"
          ? words("setup.form.refused", { count: stops })
          : words("setup.form.checked", { wrong: stops, mind: 0 });
      return { status: "refused", findings: describeFindings(findings, locale), message };
    }
    // Only what asks Microsoft counts.
    const allowed = await consume("connectionCheck", who.id);
    if (!allowed.ok && intent === "check") {
      const minutes = minutesOf(allowed.retryAfterSeconds);
      return { status: "refused", message: words("setup.form.tooOften", { minutes }) };
    }
    const typed = asTyped(input, app);
    if (intent === "save") {
      await saveRegistration(toSave(input, app));
      revalidatePath("/admin");
      revalidatePath("/account", "layout");
    }
    const all = joinFindings(findings, allowed.ok ? await signInPort("teams").probe(typed) : {}, app);
    const wrong = countTone(all, "danger");
    const message =
      intent === "save"
        ? words("setup.form.saved", { wrong, next: isComplete(typed) && wrong === 0 ? "trial" : "none" })
        : words("setup.form.checked", { wrong, mind: countTone(all, "warning") });
    return { status: "done", intent, values, findings: describeFindings(all, locale), message };
  },
});

export const switchTeams = buttonAction({
  guard: requireAdmin,
  schema: z.object({ enabled: z.enum(["true", "false"]) }),
  async run({ enabled }) {
    const app = await registration();
    if (enabled === "true" && !isComplete(app)) return;
    await enableRegistration(enabled === "true");
    revalidatePath("/admin");
    revalidatePath("/account", "layout");
  },
});

/** The second secret takes the first one's place; its own last day comes along. */
export const promoteSecret = buttonAction({
  guard: requireAdmin,
  schema: z.object({ lastDay: z.iso.date().or(z.literal("")) }),
  async run({ lastDay }) {
    await promoteNextSecret(lastDay || null);
    revalidatePath("/admin");
  },
});

/** Calls the addresses that Microsoft calls, as it does itself. */
export const tryReach = formAction({
  guard: requireAdmin,
  schema: z.object({}),
  limit: { name: "connectionCheck", per: ({ id }) => id },
  describeWait: (minutes, locale) => translator("admin", locale)("reach.tooOften", { minutes }),
  async run(_input, { locale }): Promise<FormOutcome> {
    const words = translator("admin", locale);
    const failed = (await tryAddresses()).filter(({ outcome }) => outcome !== "answered");
    const [first] = failed;
    if (!first) return { status: "done", message: words("reach.answered") };
    const addresses = failed.map(({ url }) => new URL(url).pathname).join(", ");
    return { status: "refused", message: words("reach.failed", { addresses, outcome: first.outcome }) };
  },
});
