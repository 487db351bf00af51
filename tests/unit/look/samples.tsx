import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

export function EmailField(facts: { hint?: string; error?: string }) {
  return (
    <Field id="email" label="Email" {...facts}>
      {(control) => <Input {...control} />}
    </Field>
  );
}

export function SaveAtWork() {
  return (
    <Button type="submit" workingLabel="Saving" isWorking>
      Save
    </Button>
  );
}

export function DisconnectQuestion() {
  return (
    <Confirm
      trigger="Disconnect"
      title="Disconnect Microsoft Teams?"
      keepLabel="Keep connected"
      confirmLabel="Disconnect"
      workingLabel="Disconnecting"
      action="/disconnect"
      fields={{ id: "7" }}
    >
      <p>9 meetings stay.</p>
    </Confirm>
  );
}
