import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { cancelVisit } from "@/app/booking/[token]/cancel/actions";
import { TwoClocks } from "@/components/booking/two-clocks";
import { PublicShell } from "@/components/layout/public-shell";
import { ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Note } from "@/components/ui/note";
import { Panel } from "@/components/ui/panel";
import { PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import { canCancel } from "@/lib/booking/policy";
import { getBookingByToken } from "@/lib/booking/queries";
import { longDayName } from "@/lib/booking-page/spoken-time";
import { readVisitor } from "@/lib/booking-page/visitor";
import { translator } from "@/lib/i18n/translator";
import { localDateOf } from "@/lib/scheduling/zone";

const words = translator("booking");

export const metadata: Metadata = { title: words("cancelPage.title") };

interface CancelPageProps {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ wait?: string; long?: string }>;
}

export default async function CancelPage({ params, searchParams }: CancelPageProps) {
  const { token } = await params;
  const booking = await getBookingByToken(token);
  if (!booking) notFound();
  if (!canCancel(booking, Date.now())) redirect(`/booking/${token}`);
  const { wait, long } = await searchParams;
  const { clock } = await readVisitor();
  const common = translator("common");
  const { organizer, visitor, startsAt, endsAt, title } = booking;
  const name = organizer.name;
  return (
    <PublicShell host={name} bar skip={common("skip.form")}>
      <div className="wide w-full py-6 md:py-14">
        <Panel className="mx-auto grid max-w-[36rem] gap-6">
          <div>
            <h1>{words("cancelPage.title")}</h1>
            <p className="mt-2 text-muted">{words("cancelPage.lead", { name })}</p>
          </div>
          {wait && (
            <Note tone="danger" role="alert" title={words("cancelPage.busy")}>
              {words("cancelPage.busyHint", { minutes: Number(wait) || 1 })}
            </Note>
          )}
          <div className="grid gap-2">
            <p className="font-semibold">{words("visit.title", { title, name })}</p>
            <p>{longDayName(localDateOf(startsAt.getTime(), visitor.timeZone))}</p>
            <TwoClocks
              start={startsAt.getTime()}
              end={endsAt.getTime()}
              visitorZone={visitor.timeZone}
              organizer={organizer}
              clock={clock ?? "24"}
            />
          </div>
          <PostForm action={cancelVisit} fields={{ token }} className="grid gap-5">
            <Field
              id="reason"
              label={words("cancelPage.reason", { name })}
              optional={common("optional")}
              hint={words("cancelPage.reasonHint")}
              error={long && words("cancelPage.tooLong")}
            >
              {(control) => <Textarea {...control} name="reason" rows={3} maxLength={1000} />}
            </Field>
            <div className="grid gap-3 md:flex md:justify-end">
              <ButtonLink href={`/booking/${token}`}>{words("cancelPage.keep")}</ButtonLink>
              <SubmitButton kind="danger-fill" workingLabel={words("cancelPage.working")}>
                {words("cancelPage.submit")}
              </SubmitButton>
            </div>
          </PostForm>
        </Panel>
      </div>
    </PublicShell>
  );
}
