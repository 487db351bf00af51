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
  booking: Pick<BookingView, "id" | "visitor">;
  succession: Succession;
  handOver: FormAction;
  /** Whom it is taken from; left out: chosen, where there are several. */
  fromId?: string;
  /** Its button is one of a row of a list. */
  inList?: { label: string };
}

/** Gives the booking to another host, after saying what the visitor gets. */
export function HandOver({ booking, succession, handOver, fromId, inList }: HandOverProps) {
  const words = translator("bookings", use(getLocale()));
  const { hosts, members, isOutlooks, way, hasEvent } = succession;
  const news = isOutlooks ? "outlook" : "quiet";
  const { name } = booking.visitor;
  const options = members.map(({ id, name: label }) => ({ value: id, label }));
  return (
    <Confirm
      trigger={words("handOver.trigger")}
      triggerLook={inList ? { size: "sm" } : { block: true }}
      {...(inList ? { triggerLabel: inList.label } : {})}
      title={words("handOver.question")}
      keepLabel={words("handOver.keep")}
      confirmLabel={words("handOver.trigger")}
      workingLabel={words("handOver.working")}
      action={handOver}
      fields={{ bookingId: booking.id, ...(fromId ? { from: fromId } : {}) }}
    >
      <p>
        {way === "online"
          ? words(`handOver.${news}`, { name })
          : words(`handOver.${news}Offline`, { name, place: way, event: String(hasEvent) })}
      </p>
      {hosts.length > 1 && !fromId && (
        <Field id={`hand-over-from-${booking.id}`} label={words("handOver.from")}>
          {(control) => (
            <Select
              {...control}
              name="from"
              options={hosts.map(({ id, name: label }) => ({ value: id, label }))}
            />
          )}
        </Field>
      )}
      <Field id={`hand-over-to-${booking.id}`} label={words("handOver.to")} hint={words("handOver.toHint")}>
        {(control) => (
          <Select
            {...control}
            name="to"
            options={[{ value: "", label: words("handOver.rule") }, ...options]}
          />
        )}
      </Field>
      <MessageField
        id={`hand-over-message-${booking.id}`}
        label={words("handOver.message", { name })}
        hint={words("handOver.messageHint")}
      />
    </Confirm>
  );
}
