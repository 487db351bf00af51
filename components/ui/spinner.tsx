/** Turns while the button around it is busy, unless people prefer reduced motion. */
export function Spinner() {
  return (
    <svg
      className="shrink-0 in-aria-busy:animate-turn"
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
