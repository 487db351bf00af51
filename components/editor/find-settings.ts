/** One setting of a form, as a search finds it. */
export interface Setting {
  /** The id of its control, or of its group of controls. */
  id: string;
  /** What it is called on the page. */
  name: string;
  /** The title of its section. */
  section: string;
}

const most = 8;

/** The settings whose name or hint has these words in it, those first that are called so. Settings that another choice hides are left out. */
export function findSettings(form: HTMLFormElement, sought: string): Setting[] {
  const wanted = plain(sought);
  const byName: Setting[] = [];
  const byHint: Setting[] = [];
  for (const section of form.querySelectorAll<HTMLElement>("[data-section]")) {
    const title = section.querySelector("h2")?.textContent ?? "";
    for (const label of section.querySelectorAll<HTMLElement>("label[for], legend")) {
      const id = label instanceof HTMLLabelElement ? label.htmlFor : (label.parentElement?.id ?? "");
      const name = nameIn(label);
      if (id === "" || name === "" || !isOffered(label, section)) continue;
      const setting = { id, name, section: title };
      if (plain(name).includes(wanted)) byName.push(setting);
      else if (plain(document.getElementById(`${id}-hint`)?.textContent ?? "").includes(wanted))
        byHint.push(setting);
    }
  }
  return [...byName, ...byHint].slice(0, most);
}

/** The word "Optional" follows a name in an element of its own; a box's name is in one. */
function nameIn(label: HTMLElement): string {
  const first = label.firstChild;
  const name = first instanceof HTMLInputElement ? label.textContent : first?.textContent;
  return name?.trim() ?? "";
}

/** Without capitals and accents. */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

/** Whether it shows once its section does. */
function isOffered(label: HTMLElement, section: HTMLElement): boolean {
  for (let box: HTMLElement | null = label; box && box !== section; box = box.parentElement) {
    if (getComputedStyle(box).display === "none") return false;
  }
  return true;
}
