import { use } from "react";
import { ChoiceList } from "@/components/ui/choice-list";
import { Confirm } from "@/components/ui/confirm";
import { FieldGroup } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/post-form";
import type { HeldBack } from "@/lib/booking/suspicion";
import type { BookingView } from "@/lib/booking-record/queries";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface BlockSenderProps {
  booking: BookingView;
  time: string;
  /** The narrowest first. */
  choices: HeldBack["choices"];
  block: FormAction;
  size: "md" | "sm";
}

/** Asks what of a sender to block: their address, its domain, or the network they came from. */
export function BlockSender({ booking, time, choices, block, size }: BlockSenderProps) {
  const words = translator("blocks", use(getLocale()));
  const { name, email } = booking.visitor;
  const isShared = !choices.some(({ kind }) => kind === "domain");
  return (
    <Confirm
      trigger={words("block.trigger")}
      triggerLook={{ kind: "quiet-danger", size, flush: true }}
      triggerLabel={words("block.triggerName", { name, time })}
      title={words("block.title", { name })}
      keepLabel={words("block.keep")}
      confirmLabel={words("block.trigger")}
      workingLabel={words("block.working")}
      action={block}
      fields={{ bookingId: booking.id }}
    >
      <FieldGroup
        id={`block-${booking.id}`}
        legend={words("block.what")}
        hint={isShared && words("block.shared", { domain: email.slice(email.lastIndexOf("@") + 1) })}
      >
        <ChoiceList
          name="kind"
          defaultValue={choices[0]?.kind}
          choices={choices.map(({ kind, value }) => ({
            value: kind,
            label: <span className="wrap-anywhere">{words(`block.${kind}`, { value })}</span>,
            hint: words(`block.${kind}Hint`),
          }))}
        />
      </FieldGroup>
      <p>{words("block.consequence")}</p>
    </Confirm>
  );
}
