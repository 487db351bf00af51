/** What every box that takes typing or a choice looks like; `aria-invalid` doubles its border in danger. */
export const controlClass = [
  "block w-full min-w-0 min-h-11 rounded-md border border-control bg-raised px-3 py-2 text-md text-ink",
  "transition-colors hover:border-ink focus-visible:outline-offset-1",
  "disabled:cursor-not-allowed disabled:bg-surface disabled:text-muted disabled:opacity-100",
  "aria-invalid:border-danger aria-invalid:inset-ring aria-invalid:inset-ring-danger",
].join(" ");
