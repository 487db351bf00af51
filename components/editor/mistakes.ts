export interface Mistake {
  /** The id of the control, or of the group of controls. */
  id: string;
  /** What it is called on the page. */
  name: string;
}

/** The invalid fields of a form, in the form's order. */
export function listMistakes(form: HTMLFormElement): Mistake[] {
  return [...form.querySelectorAll("[id$='-error']")].flatMap((note) => {
    const id = note.id.slice(0, -"-error".length);
    const control = document.getElementById(id);
    const label = form.querySelector(`label[for="${CSS.escape(id)}"]`) ?? control?.querySelector("legend");
    // The word "Optional" follows the name, in an element of its own.
    const name = label?.firstChild?.textContent?.trim();
    return control && name ? [{ id, name }] : [];
  });
}

/** Brings the reader to a field, wherever it is folded away; to the first one when none is named. */
export function focusMistake(form: HTMLFormElement, id?: string): void {
  const named = id === undefined ? null : document.getElementById(id);
  const mistaken =
    named ?? form.querySelector<HTMLElement>("[aria-invalid=true], fieldset[aria-describedby*='-error']");
  if (mistaken) reveal(mistaken);
  const control = mistaken?.matches("fieldset") ? mistaken.querySelector("input, select") : mistaken;
  if (control instanceof HTMLElement) control.focus();
}

/** Shows what a field is folded into, and the section that it is in. */
function reveal(field: HTMLElement): void {
  field.closest("details")?.setAttribute("open", "");
  const section = field.closest("[data-section]");
  if (section && getComputedStyle(section).display === "none") window.location.assign(`#${section.id}`);
}
