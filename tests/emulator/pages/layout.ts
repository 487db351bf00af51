/** Escapes text for HTML, attributes included. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** A whole page of the emulator, plain on purpose and always labelled as what it is. */
export function page(title: string, main: string, width: "narrow" | "wide" = "narrow"): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Microsoft emulator</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<header><p><strong>Microsoft emulator</strong> <span>a stand-in for Microsoft on this machine. Nothing here is sent to Microsoft.</span></p></header>
<main class="${width}">
${main}
</main>
</body>
</html>`;
}

export function hiddenFields(fields: Record<string, string>): string {
  return Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join("");
}

const STYLE = `
:root { color-scheme: light dark;
  --background: light-dark(#f2f3f5, #14171a); --surface: light-dark(#fff, #1e2226); --ink: light-dark(#1b2126, #eceeef);
  --muted: light-dark(#4d5963, #a6b0b7); --line: light-dark(#d6dadd, #363c41); --control: light-dark(#74818a, #74818a);
  --accent: light-dark(#0a5a8a, #8cc8ec); --on-accent: light-dark(#fff, #0a1c28); --danger: light-dark(#a3231f, #f7a8a2);
  --note: light-dark(#fdf3d8, #3a3117); }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--background); color: var(--ink);
  font: 400 16px/1.5 "Segoe UI", system-ui, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
header { background: var(--note); border-bottom: 1px solid var(--line); padding: 8px 24px; font-size: 14px; }
header p { margin: 0; } header span { color: var(--muted); }
main { margin: 32px auto; padding: 32px; background: var(--surface); border: 1px solid var(--line); border-radius: 6px; }
main.narrow { max-width: 460px; } main.wide { max-width: 960px; }
h1 { font-size: 24px; line-height: 32px; margin: 0 0 16px; } h2 { font-size: 18px; margin: 32px 0 8px; }
p { margin: 0 0 16px; } .muted { color: var(--muted); font-size: 14px; } .error { color: var(--danger); font-weight: 600; }
a { color: var(--accent); }
label { display: block; font-weight: 600; font-size: 14px; margin: 16px 0 4px; }
input, select { font: inherit; width: 100%; padding: 8px 12px; color: inherit; background: var(--surface);
  border: 1px solid var(--control); border-radius: 4px; }
input[type=checkbox] { width: auto; margin-right: 8px; }
button, .button { font: inherit; font-weight: 600; padding: 8px 16px; min-height: 40px; border: 1px solid var(--control);
  border-radius: 4px; background: var(--surface); color: var(--ink); cursor: pointer; text-decoration: none; display: inline-block; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.actions { display: flex; gap: 12px; flex-direction: row-reverse; justify-content: flex-start; margin-top: 24px; flex-wrap: wrap; }
ul.accounts { list-style: none; margin: 0 0 8px; padding: 0; }
ul.accounts li { border-bottom: 1px solid var(--line); padding: 8px 0; }
ul.accounts button { width: 100%; text-align: left; border-color: transparent; }
ul.accounts p { margin: 0 16px; } ul.permissions { padding-left: 20px; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; font-size: 14px; }
th, td { overflow-wrap: break-word; padding: 8px 12px 8px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 8px 24px; } dt { font-weight: 600; } dd { margin: 0; }
form.inline { display: inline-block; margin: 0 8px 8px 0; } .row { display: flex; gap: 16px; flex-wrap: wrap; align-items: end; }
.row > div { flex: 1 1 160px; } code { font-size: 14px; }
@media (max-width: 520px) { main { margin: 0; border: 0; border-radius: 0; padding: 24px 16px; } dl { grid-template-columns: 1fr; gap: 4px; } }
`;
