export const dynamic = "force-dynamic";

/** A page of this application with nothing on it. */
export default function EmptyPage() {
  return <main>Nothing</main>;
}
