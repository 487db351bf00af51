import { unstable_isUnrecognizedActionError } from "next/navigation";

/**
 * An action whose page may be of an older build than the server: where the server does not know it, the form is sent as one without a script
 * would be, and comes back with everything that was typed. The form is the action's last argument.
 */
export function acrossBuilds<Given extends unknown[], Outcome>(
  action: (...given: Given) => Outcome | Promise<Outcome>,
): (...given: Given) => Promise<Outcome> {
  return async (...given) => {
    try {
      return await action(...given);
    } catch (error) {
      const form = given.at(-1);
      if (!unstable_isUnrecognizedActionError(error) || !(form instanceof FormData)) throw error;
      sendPlainly(form);
      // The page is on its way out: nothing is to be shown any more.
      return new Promise(() => {});
    }
  };
}

function sendPlainly(values: FormData): void {
  const form = document.createElement("form");
  form.method = "post";
  form.enctype = "multipart/form-data";
  form.action = location.href;
  form.hidden = true;
  for (const [name, value] of values) {
    if (typeof value !== "string" || name.startsWith("$ACTION")) continue;
    // A text area keeps line breaks, which a hidden field may lose.
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}
