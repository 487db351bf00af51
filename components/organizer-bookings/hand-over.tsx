import { use } from "react";
import { MessageField } from "@/components/organizer-bookings/message-field";
import { Confirm } from "@/components/ui/confirm";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/post-form";
import { Select } from "@/components/ui/select";
import type { Succession } from "@/lib/booking/hand-over";
import type { BookingView } from "@/lib/booking-record/queries";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface HandOverProps {
  booking: BookingView;
  succession: Succession;
  handOver: FormAction;
}

/** Gives the booking to another host, after saying what the visitor gets. */
export function HandOver({ booking, succession, handOver }: HandOverProps) {
  const words = translator("bookings", use(getLocale()));
  const { hosts, members, isOutlooks } = succession;
  const { name } = booking.visitor;
  const options = members.map(({ id, name: label }) => ({ value: id, label }));
  return (
    <Confirm
      trigger={words("handOver.trigger")}
      triggerLook={{ block: true }}
      title={words("handOver.question")}
      keepLabel={words("handOver.keep")}
      confirmLabel={words("handOver.trigger")}
      workingLabel={words("handOver.working")}
      action={handOver}
      fields={{ bookingId: booking.id }}
    >
      <p>{words(isOutlooks ? "handOver.outlook" : "handOver.quiet", { name })}</p>
      {hosts.length > 1 && (
        <Field id="hand-over-from" label={words("handOver.from")}>
          {(control) => (
            <Select
              {...control}
              name="from"
              options={hosts.map(({ id, name: label }) => ({ value: id, label }))}
            />
          )}
        </Field>
      )}
      <Field id="hand-over-to" label={words("handOver.to")} hint={words("handOver.toHint")}>
        {(control) => (
          <Select
            {...control}
            name="to"
            options={[{ value: "", label: words("handOver.rule") }, ...options]}
          />
        )}
      </Field>
      <MessageField
        id="hand-over-message"
        label={words("handOver.message", { name })}
        hint={words("handOver.messageHint")}
      />
    </Confirm>
  );
}
