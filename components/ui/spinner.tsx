/** Turns while something is in progress; still for people who prefer reduced motion. */
export function Spinner() {
  return (
    <svg
      className="shrink-0 animate-turn"
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      aria-hidden="true"
    >
      <path d="M13 3.4a7.3 7.3 0 1 1-6 0" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
    </svg>
  );
}
